-- A workspace as the first released schema left it: one corpus of 100 pictures, one finished run.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE engines (
  device TEXT NOT NULL,
  lane TEXT NOT NULL,
  pid INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  beat_ms INTEGER NOT NULL,
  PRIMARY KEY (device, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE corpora (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  source TEXT NOT NULL,
  num_samples INTEGER NOT NULL,
  num_duplicates INTEGER NOT NULL DEFAULT 0,
  channels INTEGER NOT NULL,
  min_width INTEGER NOT NULL, max_width INTEGER NOT NULL,
  min_height INTEGER NOT NULL, max_height INTEGER NOT NULL,
  mean TEXT NOT NULL,
  deviation TEXT NOT NULL,
  value_low REAL NOT NULL DEFAULT 0,
  value_high REAL NOT NULL DEFAULT 255,
  fingerprint TEXT NOT NULL,
  classes TEXT NOT NULL DEFAULT '[]',
  bytes INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  deleted_ms INTEGER,
  UNIQUE (name, version)
) STRICT;
INSERT INTO corpora VALUES(1,'c',1,'images','corpora/1','cifar',100,0,3,32,32,32,32,'[0.44080618106617636,0.4414303002450981,0.440900084252451]','[0.21570706959412916,0.21515066036092564,0.21551288197942756]',0.0,255.0,'cf3b8a9dcd7207aff28f83260a62589a','["0","1","2","3","4","5","6","7","8","9"]',310464,1795558926182,NULL);
CREATE TABLE samples (
  corpus_id INTEGER NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key INTEGER NOT NULL,
  duplicate_rank INTEGER NOT NULL DEFAULT 0,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  label INTEGER,
  source TEXT NOT NULL,
  PRIMARY KEY (corpus_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO samples VALUES(1,0,7282093641220748539,0,'train',0,'data_batch_1.bin#0');
INSERT INTO samples VALUES(1,1,-6252672377959846120,0,'train',1,'data_batch_1.bin#1');
INSERT INTO samples VALUES(1,2,90892439239603349,0,'train',2,'data_batch_1.bin#2');
INSERT INTO samples VALUES(1,3,-1996748923867972933,0,'train',3,'data_batch_1.bin#3');
INSERT INTO samples VALUES(1,4,-4471036330420231096,0,'train',4,'data_batch_1.bin#4');
INSERT INTO samples VALUES(1,5,-3349395200534721564,0,'train',5,'data_batch_1.bin#5');
INSERT INTO samples VALUES(1,6,7805574522692988562,0,'train',6,'data_batch_1.bin#6');
INSERT INTO samples VALUES(1,7,7658950316153919532,0,'train',7,'data_batch_1.bin#7');
INSERT INTO samples VALUES(1,8,-5506913345895102469,0,'train',8,'data_batch_1.bin#8');
INSERT INTO samples VALUES(1,9,-1289629483559182382,0,'train',9,'data_batch_1.bin#9');
INSERT INTO samples VALUES(1,10,-2558815604573227971,0,'train',0,'data_batch_1.bin#10');
INSERT INTO samples VALUES(1,11,6204624002765239268,0,'train',1,'data_batch_1.bin#11');
INSERT INTO samples VALUES(1,12,-6363379033567687211,0,'train',2,'data_batch_1.bin#12');
INSERT INTO samples VALUES(1,13,-6358542920071239959,0,'train',3,'data_batch_1.bin#13');
INSERT INTO samples VALUES(1,14,-6986076462056385963,0,'train',4,'data_batch_1.bin#14');
INSERT INTO samples VALUES(1,15,-8879268181332392644,0,'train',5,'data_batch_1.bin#15');
INSERT INTO samples VALUES(1,16,-7620564476856268020,0,'train',6,'data_batch_1.bin#16');
INSERT INTO samples VALUES(1,17,-5154349625194889187,0,'train',7,'data_batch_1.bin#17');
INSERT INTO samples VALUES(1,18,6036919824826870976,0,'train',8,'data_batch_1.bin#18');
INSERT INTO samples VALUES(1,19,-5935207780657790347,0,'train',9,'data_batch_1.bin#19');
INSERT INTO samples VALUES(1,20,7817794811222176600,0,'train',0,'data_batch_1.bin#20');
INSERT INTO samples VALUES(1,21,-3751249633502434257,0,'train',1,'data_batch_1.bin#21');
INSERT INTO samples VALUES(1,22,-6318799750648150004,0,'train',2,'data_batch_1.bin#22');
INSERT INTO samples VALUES(1,23,4368897669137096652,0,'train',3,'data_batch_1.bin#23');
INSERT INTO samples VALUES(1,24,-8127955368495022568,0,'train',4,'data_batch_1.bin#24');
INSERT INTO samples VALUES(1,25,-7107280663134016958,0,'train',5,'data_batch_1.bin#25');
INSERT INTO samples VALUES(1,26,-2984089707636508813,0,'train',6,'data_batch_1.bin#26');
INSERT INTO samples VALUES(1,27,-1306277981992649057,0,'train',7,'data_batch_1.bin#27');
INSERT INTO samples VALUES(1,28,5923637773883031970,0,'train',8,'data_batch_1.bin#28');
INSERT INTO samples VALUES(1,29,-3544596727465908916,0,'train',9,'data_batch_1.bin#29');
INSERT INTO samples VALUES(1,30,-7843456902684883370,0,'validation',0,'data_batch_1.bin#30');
INSERT INTO samples VALUES(1,31,5808488084438002708,0,'validation',1,'data_batch_1.bin#31');
INSERT INTO samples VALUES(1,32,-7549369811898330042,0,'train',2,'data_batch_1.bin#32');
INSERT INTO samples VALUES(1,33,-7818503081853649660,0,'train',3,'data_batch_1.bin#33');
INSERT INTO samples VALUES(1,34,135914981714993711,0,'train',4,'data_batch_1.bin#34');
INSERT INTO samples VALUES(1,35,-260745194819570635,0,'train',5,'data_batch_1.bin#35');
INSERT INTO samples VALUES(1,36,-4021700977408256454,0,'train',6,'data_batch_1.bin#36');
INSERT INTO samples VALUES(1,37,-1412938128128142936,0,'train',7,'data_batch_1.bin#37');
INSERT INTO samples VALUES(1,38,-7638774303624652022,0,'train',8,'data_batch_1.bin#38');
INSERT INTO samples VALUES(1,39,-1024015788353670058,0,'train',9,'data_batch_1.bin#39');
INSERT INTO samples VALUES(1,40,-7569140433127923916,0,'train',0,'data_batch_1.bin#40');
INSERT INTO samples VALUES(1,41,-2767079249175817676,0,'train',1,'data_batch_1.bin#41');
INSERT INTO samples VALUES(1,42,-466146741137840892,0,'train',2,'data_batch_1.bin#42');
INSERT INTO samples VALUES(1,43,3683669763587380295,0,'train',3,'data_batch_1.bin#43');
INSERT INTO samples VALUES(1,44,-9207292672585150858,0,'train',4,'data_batch_1.bin#44');
INSERT INTO samples VALUES(1,45,6130301668410366106,0,'train',5,'data_batch_1.bin#45');
INSERT INTO samples VALUES(1,46,4287611463083000614,0,'validation',6,'data_batch_1.bin#46');
INSERT INTO samples VALUES(1,47,-4764139655266244333,0,'train',7,'data_batch_1.bin#47');
INSERT INTO samples VALUES(1,48,5703265178723391614,0,'train',8,'data_batch_1.bin#48');
INSERT INTO samples VALUES(1,49,-3798805287011592976,0,'train',9,'data_batch_1.bin#49');
INSERT INTO samples VALUES(1,50,-6770548853811807868,0,'train',0,'data_batch_1.bin#50');
INSERT INTO samples VALUES(1,51,-7017812767357040034,0,'train',1,'data_batch_1.bin#51');
INSERT INTO samples VALUES(1,52,8000428100322869758,0,'train',2,'data_batch_1.bin#52');
INSERT INTO samples VALUES(1,53,7985526420901112544,0,'train',3,'data_batch_1.bin#53');
INSERT INTO samples VALUES(1,54,8063531264193879714,0,'train',4,'data_batch_1.bin#54');
INSERT INTO samples VALUES(1,55,1385772190961683023,0,'validation',5,'data_batch_1.bin#55');
INSERT INTO samples VALUES(1,56,-7095358930364107494,0,'validation',6,'data_batch_1.bin#56');
INSERT INTO samples VALUES(1,57,5750811744296248395,0,'train',7,'data_batch_1.bin#57');
INSERT INTO samples VALUES(1,58,-2522252275059243471,0,'validation',8,'data_batch_1.bin#58');
INSERT INTO samples VALUES(1,59,2652570114100666955,0,'train',9,'data_batch_1.bin#59');
INSERT INTO samples VALUES(1,60,149648072947980930,0,'train',0,'data_batch_1.bin#60');
INSERT INTO samples VALUES(1,61,4269534983216799640,0,'train',1,'data_batch_1.bin#61');
INSERT INTO samples VALUES(1,62,7420503183448713079,0,'train',2,'data_batch_1.bin#62');
INSERT INTO samples VALUES(1,63,-7285760637992964983,0,'train',3,'data_batch_1.bin#63');
INSERT INTO samples VALUES(1,64,-3872442946020466397,0,'train',4,'data_batch_1.bin#64');
INSERT INTO samples VALUES(1,65,6340725600229586771,0,'train',5,'data_batch_1.bin#65');
INSERT INTO samples VALUES(1,66,-8434560292603134316,0,'train',6,'data_batch_1.bin#66');
INSERT INTO samples VALUES(1,67,-5326094785125249084,0,'train',7,'data_batch_1.bin#67');
INSERT INTO samples VALUES(1,68,-6983835476787436319,0,'train',8,'data_batch_1.bin#68');
INSERT INTO samples VALUES(1,69,-6475174260553623666,0,'train',9,'data_batch_1.bin#69');
INSERT INTO samples VALUES(1,70,8469420131228680219,0,'train',0,'data_batch_1.bin#70');
INSERT INTO samples VALUES(1,71,-601449412029341441,0,'train',1,'data_batch_1.bin#71');
INSERT INTO samples VALUES(1,72,-5216489604057746549,0,'train',2,'data_batch_1.bin#72');
INSERT INTO samples VALUES(1,73,-3300085072432585728,0,'train',3,'data_batch_1.bin#73');
INSERT INTO samples VALUES(1,74,3315861535378475092,0,'train',4,'data_batch_1.bin#74');
INSERT INTO samples VALUES(1,75,-8820564084554010962,0,'validation',5,'data_batch_1.bin#75');
INSERT INTO samples VALUES(1,76,324609215299440686,0,'train',6,'data_batch_1.bin#76');
INSERT INTO samples VALUES(1,77,-6105616809444059156,0,'train',7,'data_batch_1.bin#77');
INSERT INTO samples VALUES(1,78,-3049329840922948959,0,'validation',8,'data_batch_1.bin#78');
INSERT INTO samples VALUES(1,79,-3603243985630986881,0,'train',9,'data_batch_1.bin#79');
INSERT INTO samples VALUES(1,80,-8359292841468498962,0,'test',0,'test_batch.bin#0');
INSERT INTO samples VALUES(1,81,-4080733509279151434,0,'test',1,'test_batch.bin#1');
INSERT INTO samples VALUES(1,82,9163335815182463194,0,'test',2,'test_batch.bin#2');
INSERT INTO samples VALUES(1,83,5108313449955282924,0,'test',3,'test_batch.bin#3');
INSERT INTO samples VALUES(1,84,3822406017897485912,0,'test',4,'test_batch.bin#4');
INSERT INTO samples VALUES(1,85,-3133559947500763586,0,'test',5,'test_batch.bin#5');
INSERT INTO samples VALUES(1,86,7433366068874274864,0,'test',6,'test_batch.bin#6');
INSERT INTO samples VALUES(1,87,6279713175216776615,0,'test',7,'test_batch.bin#7');
INSERT INTO samples VALUES(1,88,6363410136604670428,0,'test',8,'test_batch.bin#8');
INSERT INTO samples VALUES(1,89,4368547862852146108,0,'test',9,'test_batch.bin#9');
INSERT INTO samples VALUES(1,90,-6453763901667507124,0,'test',0,'test_batch.bin#10');
INSERT INTO samples VALUES(1,91,-827951924589132124,0,'test',1,'test_batch.bin#11');
INSERT INTO samples VALUES(1,92,3710418160672296393,0,'test',2,'test_batch.bin#12');
INSERT INTO samples VALUES(1,93,-9073540872739054448,0,'test',3,'test_batch.bin#13');
INSERT INTO samples VALUES(1,94,-8952149654502069446,0,'test',4,'test_batch.bin#14');
INSERT INTO samples VALUES(1,95,3781534578409216315,0,'test',5,'test_batch.bin#15');
INSERT INTO samples VALUES(1,96,6221408125005218318,0,'test',6,'test_batch.bin#16');
INSERT INTO samples VALUES(1,97,-3035626878959718218,0,'test',7,'test_batch.bin#17');
INSERT INTO samples VALUES(1,98,9114373766464668613,0,'test',8,'test_batch.bin#18');
INSERT INTO samples VALUES(1,99,-4559362325908908933,0,'test',9,'test_batch.bin#19');
CREATE TABLE skipped (
  corpus_id INTEGER NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  objective TEXT NOT NULL,
  corpus_id INTEGER NOT NULL REFERENCES corpora (id),
  spec TEXT NOT NULL,
  resolved TEXT NOT NULL DEFAULT '',
  parent_run INTEGER REFERENCES runs (id),
  parent_checkpoint INTEGER,
  tags TEXT NOT NULL DEFAULT '[]',
  notes TEXT NOT NULL DEFAULT '',
  starred INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  seed INTEGER NOT NULL,
  device TEXT NOT NULL DEFAULT '',
  versions TEXT NOT NULL DEFAULT '{}',
  step INTEGER NOT NULL DEFAULT 0,
  total_steps INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  samples_per_second REAL NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  started_ms INTEGER,
  ended_ms INTEGER,
  deleted_ms INTEGER
) STRICT;
INSERT INTO runs VALUES(1,'SimCLR','finished','','simclr',1,'{"name":"SimCLR","corpus":"c","corpus_limit":0,"seed":0,"device":"auto","objective.kind":"simclr","objective.temperature":0.1,"objective.projection":[16,8],"objective.head":"batch-norm","encoder.kind":"resnet18","encoder.width":4,"encoder.stem":"small-stride2","encoder.blocks":1,"encoder.weights":"","views.preset":"simclr-cifar","views.size":0,"views.interpolation":"bilinear","views.crop_probability":1.0,"views.crop_scale":[0.2,1.0],"views.crop_ratio":[0.75,1.3333333333333333],"views.flip_probability":0.5,"views.vertical_flip_probability":0.0,"views.rotation_probability":0.0,"views.rotation_degrees":30.0,"views.jitter_probability":0.8,"views.brightness":0.4,"views.contrast":0.4,"views.saturation":0.4,"views.hue":0.1,"views.grayscale_probability":0.2,"views.blur_probability":0.0,"views.blur_sigma":[0.1,2.0],"views.solarise_probability":0.0,"views.solarise_threshold":0.5,"training.epochs":1,"training.steps":0,"training.batch_size":32,"training.accumulation":1,"training.optimizer":"sgd","training.learning_rate":0.06,"training.lr_scaling":"none","training.momentum":0.9,"training.weight_decay":0.0005,"training.schedule":"cosine","training.warmup_epochs":2.0,"training.clip_norm":0.0,"training.ema":0.0,"training.precision":"auto","training.threads":1,"training.checkpoint_every_epochs":1,"training.checkpoint_every_minutes":10.0,"evaluation.knn_every_epochs":1,"evaluation.knn_k":200,"evaluation.knn_temperature":0.1,"evaluation.linear_probe":true,"evaluation.linear_epochs":3}','{"name":"SimCLR","corpus":"c","corpus_limit":0,"seed":0,"device":"cpu","objective.kind":"simclr","objective.temperature":0.1,"objective.projection":[16,8],"objective.head":"batch-norm","encoder.kind":"resnet18","encoder.width":4,"encoder.stem":"small-stride2","encoder.blocks":1,"encoder.weights":"","views.preset":"simclr-cifar","views.size":32,"views.interpolation":"bilinear","views.crop_probability":1.0,"views.crop_scale":[0.2,1.0],"views.crop_ratio":[0.75,1.3333333333333333],"views.flip_probability":0.5,"views.vertical_flip_probability":0.0,"views.rotation_probability":0.0,"views.rotation_degrees":30.0,"views.jitter_probability":0.8,"views.brightness":0.4,"views.contrast":0.4,"views.saturation":0.4,"views.hue":0.1,"views.grayscale_probability":0.2,"views.blur_probability":0.0,"views.blur_sigma":[0.1,2.0],"views.solarise_probability":0.0,"views.solarise_threshold":0.5,"training.epochs":1,"training.steps":0,"training.batch_size":32,"training.accumulation":1,"training.optimizer":"sgd","training.learning_rate":0.06,"training.lr_scaling":"none","training.momentum":0.9,"training.weight_decay":0.0005,"training.schedule":"cosine","training.warmup_epochs":2.0,"training.clip_norm":0.0,"training.ema":0.0,"training.precision":"fp32","training.threads":1,"training.checkpoint_every_epochs":1,"training.checkpoint_every_minutes":10.0,"evaluation.knn_every_epochs":1,"evaluation.knn_k":200,"evaluation.knn_temperature":0.1,"evaluation.linear_probe":true,"evaluation.linear_epochs":3}',NULL,NULL,'[]','',0,0,0,'cpu','{"cpu_capability":"AVX2","libtorch":"2.11.0"}',2,2,0.12942728700000000197,655.66695383136084276,1795558926297,1795558926766,1795558926942,NULL);
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  device TEXT NOT NULL DEFAULT 'auto',
  run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER,
  parameters TEXT NOT NULL DEFAULT '{}',
  priority INTEGER NOT NULL DEFAULT 0,
  control TEXT NOT NULL DEFAULT '' CHECK (control IN ('', 'pause', 'stop', 'checkpoint')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'failed', 'stopped', 'paused', 'interrupted')),
  progress REAL NOT NULL DEFAULT 0,
  result TEXT NOT NULL DEFAULT '{}',
  reason TEXT NOT NULL DEFAULT '',
  engine_pid INTEGER,
  engine_device TEXT,
  created_ms INTEGER NOT NULL,
  claimed_ms INTEGER,
  ended_ms INTEGER
) STRICT;
INSERT INTO jobs VALUES(1,'train','train','auto',1,NULL,'{}',0,'','finished',1.0,'{}','',14045,'cpu',1795558926298,1795558926766,1795558926942);
CREATE TABLE attempts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  job_id INTEGER NOT NULL,
  from_step INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO attempts VALUES(1,1,1,0,'finished','',1795558926771,1795558926942);
CREATE TABLE metric_keys (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO metric_keys VALUES(1,'time/backward');
INSERT INTO metric_keys VALUES(2,'time/data');
INSERT INTO metric_keys VALUES(3,'time/forward');
INSERT INTO metric_keys VALUES(4,'time/step');
INSERT INTO metric_keys VALUES(5,'train/gradient_norm');
INSERT INTO metric_keys VALUES(6,'train/learning_rate');
INSERT INTO metric_keys VALUES(7,'train/loss');
INSERT INTO metric_keys VALUES(8,'train/negative_cosine');
INSERT INTO metric_keys VALUES(9,'train/positive_cosine');
INSERT INTO metric_keys VALUES(10,'train/samples_per_second');
INSERT INTO metric_keys VALUES(11,'train/top1');
INSERT INTO metric_keys VALUES(12,'memory/host_mb');
INSERT INTO metric_keys VALUES(13,'eval/knn_accuracy');
CREATE TABLE metrics (
  run_id INTEGER NOT NULL,
  key_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (run_id, key_id, step, attempt)
) STRICT, WITHOUT ROWID;
INSERT INTO metrics VALUES(1,1,1,1,1795558926840,0.036375425000000002895);
INSERT INTO metrics VALUES(1,1,2,1,1795558926878,0.0088004380000000007044);
INSERT INTO metrics VALUES(1,2,1,1,1795558926841,0.0027535559999999998856);
INSERT INTO metrics VALUES(1,2,2,1,1795558926878,1.342000000000000026e-06);
INSERT INTO metrics VALUES(1,3,1,1,1795558926841,0.028271693999999999991);
INSERT INTO metrics VALUES(1,3,2,1,1795558926878,0.0045015549999999999661);
INSERT INTO metrics VALUES(1,4,1,1,1795558926844,0.00051994599999999997156);
INSERT INTO metrics VALUES(1,4,2,1,1795558926878,0.00040857600000000001295);
INSERT INTO metrics VALUES(1,5,1,1,1795558926846,46.182701110839843748);
INSERT INTO metrics VALUES(1,5,2,1,1795558926878,47.608478546142578126);
INSERT INTO metrics VALUES(1,6,1,1,1795558926846,0.012000000000000000249);
INSERT INTO metrics VALUES(1,6,2,1,1795558926878,0.024000000000000000499);
INSERT INTO metrics VALUES(1,7,1,1,1795558926847,8.104587554931640625);
INSERT INTO metrics VALUES(1,7,2,1,1795558926878,5.9877600669860839843);
INSERT INTO metrics VALUES(1,8,1,1,1795558926848,0.012352817721905247697);
INSERT INTO metrics VALUES(1,8,2,1,1795558926878,-0.0051557517820788965196);
INSERT INTO metrics VALUES(1,9,1,1,1795558926852,0.14218907058238983154);
INSERT INTO metrics VALUES(1,9,2,1,1795558926878,0.40454792976379394531);
INSERT INTO metrics VALUES(1,10,1,1,1795558926854,470.59025606404071596);
INSERT INTO metrics VALUES(1,10,2,1,1795558926878,2321.3572337372420405);
INSERT INTO metrics VALUES(1,11,1,1,1795558926855,0.015625);
INSERT INTO metrics VALUES(1,11,2,1,1795558926878,0.0625);
INSERT INTO metrics VALUES(1,12,1,1,1795558926864,157.78515624999999999);
INSERT INTO metrics VALUES(1,12,2,1,1795558926878,159.03515625);
INSERT INTO metrics VALUES(1,13,2,1,1795558926889,0.125);
CREATE TABLE metric_latest (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  value REAL,
  min REAL,
  max REAL,
  PRIMARY KEY (run_id, key_id)
) STRICT, WITHOUT ROWID;
INSERT INTO metric_latest VALUES(1,1,2,0.0088004380000000007044,0.0088004380000000007044,0.036375425000000002895);
INSERT INTO metric_latest VALUES(1,2,2,1.342000000000000026e-06,1.342000000000000026e-06,0.0027535559999999998856);
INSERT INTO metric_latest VALUES(1,3,2,0.0045015549999999999661,0.0045015549999999999661,0.028271693999999999991);
INSERT INTO metric_latest VALUES(1,4,2,0.00040857600000000001295,0.00040857600000000001295,0.00051994599999999997156);
INSERT INTO metric_latest VALUES(1,5,2,47.608478546142578126,46.182701110839843748,47.608478546142578126);
INSERT INTO metric_latest VALUES(1,6,2,0.024000000000000000499,0.012000000000000000249,0.024000000000000000499);
INSERT INTO metric_latest VALUES(1,7,2,5.9877600669860839843,5.9877600669860839843,8.104587554931640625);
INSERT INTO metric_latest VALUES(1,8,2,-0.0051557517820788965196,-0.0051557517820788965196,0.012352817721905247697);
INSERT INTO metric_latest VALUES(1,9,2,0.40454792976379394531,0.14218907058238983154,0.40454792976379394531);
INSERT INTO metric_latest VALUES(1,10,2,2321.3572337372420405,470.59025606404071596,2321.3572337372420405);
INSERT INTO metric_latest VALUES(1,11,2,0.0625,0.015625,0.0625);
INSERT INTO metric_latest VALUES(1,12,2,159.03515625,157.78515624999999999,159.03515625);
INSERT INTO metric_latest VALUES(1,13,2,0.125,0.125,0.125);
CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  epoch REAL NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  pruned_ms INTEGER
) STRICT;
INSERT INTO checkpoints VALUES(1,1,1,2,1.0,'runs/1/step-000000002.safetensors','b201f93ec3ecb20e2a4406926da797042dd2ff8418f66a26f61ee2f22369fdc3',176376,0,1795558926893,NULL);
CREATE TABLE embeddings (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  num_rows INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  positions BLOB NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (run_id, checkpoint_id, chunk)
) STRICT;
INSERT INTO embeddings VALUES(1,1,0,20,32,X'50000000000000005100000000000000520000000000000053000000000000005400000000000000550000000000000056000000000000005700000000000000580000000000000059000000000000005a000000000000005b000000000000005c000000000000005d000000000000005e000000000000005f000000000000006000000000000000610000000000000062000000000000006300000000000000',X'34afb44041c40d40ff02d83f000000000000000004e3a93f98dd84406fad10407c648f3e624e843fafa5c93f000000000a33893f84e4cf3f9aa4a84098803d4159240b406ddb0c3f00000000699e3640000000007f77994071a1964006ef2d4071eae240940107400000000000000000aecd10408697fb3f000000003c25fd3d6ce88040cbba973ff368743f0000000000000000b9ea883fe8871c40d2730040407a4d3c3c0f7d3ff8f99d3f00000000e10c443fe89ab33faed37240296b0b419f1f0540cdb8223f000000009d47124000000000b03c524037005c403278ed3f5e9aa6403088813f00000000000000008c02ae3f7a0fc63f0000000009d3463dd6745740f59fbd3f6ead2c3f000000000000000052df693f583e2d406e61c43fdadead3dbc48323f78c3863f8e0fa93c0e5b1a3ff3ce8d3fdf4736406295c34052f49d3f1095be3e00000000d952f13f00000000da482a4021d526409c5fb93fbfe081401015943f00000000000000004fe6853f843c4b3f000000004c72e73d4e100140f2f46c3faa15573ebd18323b0000000022bd1b3fb801313f553e473f2041453d37966c3e5e47d03e30452e3e0000000067271f3ffe9eb73f9e9d3b40b0f5773f7e66a83e0000000057c93f3f000000004b1da93f5d4ea63f17998b3f5455f33f9080203f000000000000000052ed433f063a613f00000000d894593d86b9ba3e53d2813e5c51aa3e6300133d90a14e3eccfcb63e8d1d183f4f66a83e98efec3d5eb4f33d99b7893ebebcae3d8e37e33d1fbbbb3e8b96103f4a1a3c3f6adde33e8258a83d0000000002e21f3f3ad4ca3daa77853ef1ca1a3f3fa00e3ee9b4223fbc8c9a3d00000000000000002245963e91a6043e00000000281d693d0000000000000000ae2ee13d2c67683d3a6b953cccbec03d049b8a3e80e0fb397b47263e000000001cbd213e9876bb3dbec9a63e0000000018150c3e0000000064508a3d96acad3d84138d3dbbd84a3e3caf6b3d401d7c3bbcca943c6401f33d0270003e00000000c31ce83c2a37643ddd5c0d3e8b82753c00000000d0da6c3d00000000f64a733b601ea43d6214793d3ccd223c29c4be3d553b943efcbd1f3cf14eb53ddc003e3d7b0f2b3e25a9853d62628a3eaca3a93dd3beac3c4d2d3b3c47c4db3dd44fac3d365aa53dc805363d118ab93dfd72023d411cfe3c20bcb73d555d913d000000004b699e3b6cf9eb3cf59e3d3e9a078e3c000000005db5623d000000000000000044539b3e1cc0373ed8cd973c413ead3e85f32a3f000000007af10b3e2d44413d21ed9e3e5c3e443e9415d13ed4d1ae3d72a90d3edcf8e33dd145453e0d07203e61c8053eecd2033ee8183a3e78e7f33dc6ff2d3eb8ba993ea8e8603d000000000000000096af1e3e0587923e00000000000000000b18f43dcd03c43d0000000014d3f53e29e28f3eb8c0e33dbf3c4d3fd427853f000000003ceca13e00000000d4a2063f5ec5113e5017403f22e9373e34c4303ecb5fcb3d079ed23e4bbc903ea97d063eb0a43e3ebeb8f03d4430223d2a2b5b3edba20a3f9ae36f3d000000000000000073c7113e1fbcc23e000000000000000086c7cd3d00000000d4ea033ca2903c3f0682ad3e2967293e7b70773f26cfa03f00000000c4ceee3ef5bfff3c25091a3ffd3dec3d2b96893fd43ed93e886b813e81423b3e1847383fa2aa623e5486db3d5011ac3eb4f0ac3e5011733da3044f3e4bf44d3f5f660a3e00000000000000009923043ebb211f3f0000000000000000a482333e27adac40b87b15409ba0c33f0000000000000000d366a33f44fb6d4098c419407ee9f03e4614543f3624c93f2686b23e858f9f3fce19963f92f194409c61364130dd224032500c3f000000005195324000000000e05d80407941a140410835401b8de840fb5a0a400000000000000000fcb51d402047054000000000000000005cd39440aa0ceb3f4724803f0000000000000000eeb4903f1aaa3e401f93e93f3cf2433e663f563f4f0c883fb8e7163ea2010c3fc875a73f42ff654022af0d41f06efe3f1d9aa43e0000000040c7f93f00000000d7607540143c5840406ee53f62baa54032259d3f00000000000000008a73d13fc2018d3f000000009627963eabad5d409c5dcb3f0e36043f000000000000000005a73f3fd78da53f0a7ec33f00acd3395997ea3e16d96c3f8feca63eb8152c3e2e7a883fa2100b400706b740ae60c23ff0c9073c00000000c706bb3f000000005e2f0d4025a410405871883f8d4b5c40adf62c3f00000000000000001064aa3f82202f3f000000009bc57a3eecf3c63ffa5ad53e04e4db3e00000000000000006233e63e055d6f3f1cf59d3f888c033dd0b0963c5221e03e0000000061092b3edc1ce73e0c39ad3fc0bf4e40d46a333fd8cd4b3ce646c03de6297b3f00000000a4569b3fc1cbaf3f10332a3f10ad06404057db3e0000000040e4033d280b013ffc6aa43e000000000000000040869f3e334d423db6889f3e7034d93a9e31173e7cd3073fae91e93ea4e73a3d8c27283e060c1b3eaee9213e0068153e9bb8af3e1d17883ec301843eaa71573fbbe00a3f702ac43b000000002154bf3e9e32ce3c8346673eddfca13e2cbcf63ee3810a3f0901863d00000000000000000d4fee3e0000000000000000048f8d3dd825c63a000000000000000050d9df3d7215363d7d143e3d6a58493e0e7fac3ca91fb73ce680083d70418e3d35252d3ddefe3e3e3129083dab7e883d0000000077fae13cd2cf0a3e09c8be3d5021453ca498043d36da2e3c6f85b43d002c393d488a883c000000000e35243dea539b3d18a5c23cbfd9703d2e3d953c382b0b3c000000000000000086a2df3dedf7203eac96a73d2d7a633ecda8073e604d8b3d5d7a8d3c7405df3d2915c93d2e0f693d36b4dd3dd36b123edfcfdd3dd9fe313da9649a3da6865e3d84b3eb3db7932a3def915a3dcd9e6c3cf1b16d3d30622c3de80d223c00000000ff230e3d5aecb33dfc30eb3d53c62e3d4246193d7ed1aa3d5fc3343d000000009397043e28ad2b3e376f053e5271923e4b83043fdbe8f73cf1c8ce3d525d4d3cabc7453eed0e883d9836d63e3d01c03dcb1e933d7d2e843c02811d3eaee1293ea4a8843d4268b13d00000000bd182f3d1c9fae3dff090b3e249ca23d00000000000000004656f73da836863e00000000000000006f888e3dbe31873d0000000062e8b73e09b2c43dfe06ab3da4b8233f4f9a763f00000000bce5823ebd88c83d2017913efff3153eb82d2b3f3d7fa53e07d64b3e2079e73df62c043f325d903e7a1cef3d4a575b3ea17e143ed1ebd73d5804273ed8e1023fd954343d00000000000000003876213e1c098c3ed0088c3a00000000606d243e000000000000000076bd2f3fad79a93e3a1a7f3e3b5c7c3ff226ae3f00000000bf3d9f3eafa4e53cd1cb1a3f73123a3e581c8b3f0c08a43eb7c1813e82c2d63d6378263f6e5c5b3e0c15363dc4ed193e047f633e00000000ea20983e40b3403fc5e1ba3d0000000000000000fad5a13db699183f00000000000000008878713d');
CREATE TABLE projections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  method TEXT NOT NULL,
  num_rows INTEGER NOT NULL,
  positions BLOB NOT NULL,
  coordinates BLOB NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
INSERT INTO projections VALUES(1,1,1,2,'pca',20,X'50000000000000005100000000000000520000000000000053000000000000005400000000000000550000000000000056000000000000005700000000000000580000000000000059000000000000005a000000000000005b000000000000005c000000000000005d000000000000005e000000000000005f000000000000006000000000000000610000000000000062000000000000006300000000000000',X'64c35e4196390e3f15160a4147b072be56acab408d9bea3c9762ad3dabe84cbf831c63c03645b6be18659fc065e2cabea9a8a0c041e1dabe16f896c08b71fc3de3bf8fc031585c3fbaa986c0b1b6bb3f15ad554118991b3f68651041dc647cbe365f84407f2087bf88e52b3d371b47bf15c170c0d4b0f8bdce08a3c0f6441dbfdee9a0c002ec15bf75729cc07f0befbd9b8390c09cc71d3fd0a989c018fabc3f',1795558926941);
CREATE TABLE evaluations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER,
  child_run INTEGER REFERENCES runs (id),
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  baseline TEXT NOT NULL CHECK (baseline IN ('trained', 'untrained', 'raw')),
  split TEXT NOT NULL,
  protocol TEXT NOT NULL,
  accuracy REAL NOT NULL,
  confusion TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
INSERT INTO evaluations VALUES(1,1,1,NULL,2,'knn','trained','test','weighted kNN of the cosine, k = 72, temperature 0.1, bank of 72 training samples, reported on 20 of test',0.34999999999999997779,'[[0,0,2,0,0,0,0,0,0,0],[0,0,2,0,0,0,0,0,0,0],[0,0,2,0,0,0,0,0,0,0],[0,0,2,0,0,0,0,0,0,0],[0,0,0,0,2,0,0,0,0,0],[0,0,0,0,0,0,1,1,0,0],[0,0,0,0,0,0,0,1,0,1],[0,0,0,0,0,0,0,1,0,1],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2]]',1795558926912);
INSERT INTO evaluations VALUES(2,1,1,NULL,2,'linear','trained','test','linear probe on frozen, standardised features before the head, SGD 3 epochs, learning rate 0.003 chosen on validation; fitted on 72 training samples, reported on 20 of test',0.5500000000000000444,'[[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[0,0,0,1,1,0,0,0,0,0],[0,0,0,0,2,0,0,0,0,0],[0,0,0,0,0,2,0,0,0,0],[0,0,0,0,0,1,0,1,0,0],[0,0,0,0,0,0,0,2,0,0],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2]]',1795558926914);
INSERT INTO evaluations VALUES(3,1,1,NULL,2,'knn','untrained','test','weighted kNN of the cosine, k = 72, temperature 0.1, bank of 72 training samples, reported on 20 of test',0.2000000000000000111,'[[0,0,2,0,0,0,0,0,0,0],[0,0,2,0,0,0,0,0,0,0],[0,1,1,0,0,0,0,0,0,0],[0,1,1,0,0,0,0,0,0,0],[0,0,1,0,1,0,0,0,0,0],[0,0,1,0,0,0,0,1,0,0],[0,0,0,0,0,0,0,2,0,0],[0,0,0,0,0,0,0,1,0,1],[0,0,0,0,0,0,0,1,0,1],[0,0,0,0,0,0,0,1,0,1]]',1795558926921);
INSERT INTO evaluations VALUES(4,1,1,NULL,2,'linear','untrained','test','linear probe on frozen, standardised features before the head, SGD 3 epochs, learning rate 0.003 chosen on validation; fitted on 72 training samples, reported on 20 of test',0.25,'[[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[1,1,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,1,1,0,0],[0,0,0,0,0,1,0,0,0,1],[0,0,0,0,0,0,0,2,0,0],[0,0,0,0,0,0,0,1,0,1],[0,0,0,0,0,0,0,1,0,1],[0,0,0,0,0,0,0,1,0,1]]',1795558926922);
INSERT INTO evaluations VALUES(5,1,1,NULL,2,'knn','raw','test','weighted kNN of the cosine, k = 72, temperature 0.1, bank of 72 training samples, reported on 20 of test',0.2000000000000000111,'[[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2]]',1795558926925);
INSERT INTO evaluations VALUES(6,1,1,NULL,2,'linear','raw','test','linear probe on frozen, standardised features before the head, SGD 3 epochs, learning rate 0.003 chosen on validation; fitted on 72 training samples, reported on 20 of test',0.2000000000000000111,'[[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[2,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2],[0,0,0,0,0,0,0,0,0,2]]',1795558926932);
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  job_id INTEGER,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('corpora',1);
INSERT INTO sqlite_sequence VALUES('runs',1);
INSERT INTO sqlite_sequence VALUES('jobs',1);
INSERT INTO sqlite_sequence VALUES('checkpoints',1);
INSERT INTO sqlite_sequence VALUES('evaluations',6);
INSERT INTO sqlite_sequence VALUES('projections',1);
CREATE INDEX skipped_by_corpus ON skipped (corpus_id);
CREATE INDEX jobs_by_status ON jobs (status, lane, priority DESC, id);
CREATE VIEW curve AS
SELECT m.run_id, k.key, m.step, m.value, m.wall_ms, m.attempt
FROM metrics m JOIN metric_keys k ON k.id = m.key_id
WHERE NOT EXISTS (SELECT 1 FROM attempts a
                  WHERE a.run_id = m.run_id AND a.number > m.attempt AND a.from_step < m.step);
CREATE INDEX checkpoints_by_run ON checkpoints (run_id, step);
CREATE INDEX projections_by_run ON projections (run_id);
CREATE INDEX evaluations_by_run ON evaluations (run_id, kind);
CREATE INDEX messages_by_run ON messages (run_id);
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1347704916;
