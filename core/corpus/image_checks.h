#pragma once

#include "core/corpus/corpus.h"

#include <cstdint>
#include <functional>
#include <set>
#include <stop_token>
#include <vector>

namespace pretext {

/// Positions of images that look nearly alike (saved again, resized, a little brighter) without
/// being exact copies, group by group: the first of a group is the one that the others resemble. Of
/// exact copies only the first counts; pictures of one flat colour do not.
///
/// They differ in at most 7 bits of their difference hash (Krawetz, "Kind of Like That", 2013: 64
/// bits that say whether a cell of the grey picture is darker than its neighbour), and their grey
/// pictures of 16 x 16 cells correlate by 0.98 and differ by at most 4 % of the range on average.
/// `report`: told the share done. Throws UserError when it was stopped. Of a corpus of images.
std::vector<std::vector<std::int64_t>> near_duplicate_groups(
    const Corpus& corpus, const std::function<void(double)>& report = {},
    const std::stop_token& stop = {});

/// Of groups of images that stand for each other, all but one each: the largest stays, of equally
/// large ones that with the shortest name, since copies are named after what they are of. With an
/// image go its exact copies, and groups that share an image are one.
std::set<std::int64_t> all_but_best(const Corpus& corpus,
                                    const std::vector<std::vector<std::int64_t>>& groups);

/// Positions, ascending, of images whose shorter side is less than half of the corpus's natural
/// size: views enlarge them more than twofold. Of a corpus of images.
std::vector<std::int64_t> small_images(const Corpus& corpus);

/// The difference hash of a picture.
std::uint64_t difference_hash(const ImageView& image);

}  // namespace pretext
