#include "core/store/job_record.h"

namespace pretext {

JobRecord JobRecord::read(SQLite::Statement& row) {
  JobRecord job;
  job.id = row.getColumn(0).getInt64();
  job.kind = row.getColumn(1).getString();
  job.lane = row.getColumn(2).getString();
  job.run_id = optional_integer(row, 3);
  job.checkpoint_id = optional_integer(row, 4);
  job.parameters = row.getColumn(5).getString();
  job.status = row.getColumn(6).getString();
  job.progress = row.getColumn(7).getDouble();
  job.result = row.getColumn(8).getString();
  job.reason = row.getColumn(9).getString();
  return job;
}

}  // namespace pretext
