#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// Points of a 2-D projection.
struct Projection {
  std::string method;  ///< "pca", "tsne", "umap"
  std::int64_t checkpoint_id = 0;
  std::int64_t step = 0;
  std::vector<std::int64_t> positions;  ///< Of the samples in the corpus.
  std::vector<float> coordinates;       ///< x, y of each.
  std::string parameters = "{}";  ///< JSON: its settings, and "trustworthiness" where it was read.
  std::optional<std::int64_t> film;  ///< The film that it is a frame of.
  std::int64_t id = 0;               ///< In the store.
};

/// Projections of runs' embeddings, and films of them through a run's checkpoints.
class ProjectionStore {
 public:
  explicit ProjectionStore(Database& database) : database_(database) {}

  void add(std::int64_t run, const Projection& projection);
  /// The newest that is no frame of a film; of `method`, or of any where that is empty. One that is
  /// damaged is passed over.
  std::optional<Projection> newest(std::int64_t run, const std::string& method = {});
  /// Its number alone, without reading the points.
  std::optional<std::int64_t> newest_id(std::int64_t run, const std::string& method = {});
  /// The newest run, of those not in the bin, that has a projection.
  std::optional<std::int64_t> newest_run();

  /// Puts a film in the place of the run's others by the same method; `frames`: one at the least.
  void set_film(std::int64_t run, const std::vector<Projection>& frames);
  /// Frames of the run's newest film by `method`, ascending by step, all of the same positions;
  /// empty when there is none. Damaged ones are left out.
  std::vector<Projection> film(std::int64_t run, const std::string& method);
  /// The number of that film.
  std::optional<std::int64_t> newest_film(std::int64_t run, const std::string& method);

 private:
  void insert(std::int64_t run, const Projection& projection);

  Database& database_;
};

}  // namespace pretext
