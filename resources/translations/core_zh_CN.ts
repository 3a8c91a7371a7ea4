<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>core</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>How the run is called in tables and charts.</source>
        <translation>运行在表格和图表中的名称。</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Name of the ingested corpus to train on.</source>
        <translation>用于训练的已导入数据集的名称。</translation>
    </message>
    <message>
        <source>Corpus limit</source>
        <translation>数据集上限</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>个样本</translation>
    </message>
    <message>
        <source>Train on this many samples, those with the smallest keyed hash; 0 takes all.</source>
        <translation>只用这么多样本训练（取带键哈希最小者）；0 表示全部。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Decides initial weights, order and views; equal seeds give equal runs.</source>
        <translation>决定初始权重、次序和视图；种子相同则运行相同。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>auto, cpu or cuda:N. auto takes a usable GPU, else the CPU.</source>
        <translation>auto、cpu 或 cuda:N。auto 使用可用的 GPU，否则使用 CPU。</translation>
    </message>
    <message>
        <source>Keep awake</source>
        <translation>保持唤醒</translation>
    </message>
    <message>
        <source>While the run trains, an idle machine does not go to sleep, where the system can be asked for that.</source>
        <translation>运行训练期间，空闲的机器不会休眠（在系统支持此请求时）。</translation>
    </message>
    <message>
        <source>The backbone that is trained.</source>
        <translation>要训练的主干网络。</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Channels of a ResNet's first stage; 64 is the standard network.</source>
        <translation>ResNet 第一阶段的通道数；标准网络为 64。</translation>
    </message>
    <message>
        <source>Stem</source>
        <translation>输入层</translation>
    </message>
    <message>
        <source>small: 3x3, stride 1, no max-pool, for images up to 64 px; small-stride2 is four times as quick. imagenet: 7x7, stride 2, max-pool. auto chooses by the views' size.</source>
        <translation>small：3x3，步幅 1，无最大池化，适合 64 px 以内的图像；small-stride2 快四倍。imagenet：7x7，步幅 2，最大池化。auto 按视图尺寸选择。</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>块</translation>
    </message>
    <message>
        <source>Blocks a stage</source>
        <translation>每阶段块数</translation>
    </message>
    <message>
        <source>0 takes the network's own numbers; 1 makes a small, quick ResNet.</source>
        <translation>0 采用网络自身的数目；1 得到小而快的 ResNet。</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Name of imported weights to start from; empty starts at random.</source>
        <translation>作为起点的已导入权重的名称；留空则随机初始化。</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Bounds the run by optimiser steps instead of epochs; 0 leaves it to the epochs.</source>
        <translation>以优化器步数而非轮数限定运行；0 表示按轮数。</translation>
    </message>
    <message>
        <source>images</source>
        <translation>张图像</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Images a step; each gives two views, the others are its negatives.</source>
        <translation>每步的图像数；每张给出两个视图，其余为其负样本。</translation>
    </message>
    <message>
        <source>micro-batches</source>
        <translation>微批</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Micro-batches a step. It saves memory but gives no new negatives.</source>
        <translation>每步的微批数。节省内存，但不会增加负样本。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>SGD with Nesterov momentum, Adam, AdamW, or LARS for very large batches.</source>
        <translation>带 Nesterov 动量的 SGD、Adam、AdamW，或用于极大批的 LARS。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Peak of the schedule, after learning-rate scaling.</source>
        <translation>调度的峰值，学习率缩放之后。</translation>
    </message>
    <message>
        <source>Learning-rate scaling</source>
        <translation>学习率缩放</translation>
    </message>
    <message>
        <source>linear multiplies by batch/256, sqrt by the square root of it.</source>
        <translation>linear 乘以 批大小/256，sqrt 乘以其平方根。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Of SGD and LARS.</source>
        <translation>用于 SGD 和 LARS。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Biases and batch-norm parameters are excluded.</source>
        <translation>偏置和批归一化参数除外。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Epochs over which the learning rate rises linearly from 0; at most a fifth of the run.</source>
        <translation>学习率从 0 线性上升所用的轮数；至多为整个运行的五分之一。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Largest norm of the whole gradient; 0 does not clip.</source>
        <translation>整个梯度的最大范数；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Weight average</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>Decay of an exponential moving average of the weights, which is then what is judged and exported; 0 keeps none.</source>
        <translation>权重指数移动平均的衰减系数，评估和导出时使用该平均值；0 表示不使用。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>auto: fp32 on a CPU, bf16 on GPUs of compute capability 8.0 and above.</source>
        <translation>auto：CPU 上为 fp32，计算能力 8.0 及以上的 GPU 上为 bf16。</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>CPU threads; 0 takes all.</source>
        <translation>CPU 线程数；0 表示全部。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Epochs between checkpoints.</source>
        <translation>两个检查点之间的轮数。</translation>
    </message>
    <message>
        <source>Checkpoint at least every (min)</source>
        <translation>检查点最长间隔（分钟）</translation>
    </message>
    <message>
        <source>Minutes after which a checkpoint is written in mid-epoch.</source>
        <translation>超过这么多分钟，就在一轮中途写检查点。</translation>
    </message>
    <message>
        <source>kNN every</source>
        <translation>kNN 间隔</translation>
    </message>
    <message>
        <source>Epochs between kNN readings during training, when there are labels; 0 for none.</source>
        <translation>训练期间两次 kNN 评估之间的轮数（有标签时）；0 表示不评估。</translation>
    </message>
    <message>
        <source>neighbours</source>
        <translation>个近邻</translation>
    </message>
    <message>
        <source>kNN neighbours</source>
        <translation>kNN 近邻数</translation>
    </message>
    <message>
        <source>Neighbours that vote; capped by the size of the bank.</source>
        <translation>参与投票的近邻数；不超过样本库大小。</translation>
    </message>
    <message>
        <source>kNN temperature</source>
        <translation>kNN 温度</translation>
    </message>
    <message>
        <source>A neighbour's vote weighs exp(cosine / temperature).</source>
        <translation>近邻的票权为 exp(余弦 / 温度)。</translation>
    </message>
    <message>
        <source>Linear probe</source>
        <translation>线性探针</translation>
    </message>
    <message>
        <source>Train a linear classifier on frozen features when the run has finished.</source>
        <translation>运行完成后，在冻结特征上训练线性分类器。</translation>
    </message>
    <message>
        <source>Probe epochs</source>
        <translation>探针轮数</translation>
    </message>
    <message>
        <source>Passes of the linear probe over the training features.</source>
        <translation>线性探针遍历训练特征的次数。</translation>
    </message>
    <message>
        <source>The pretext task.</source>
        <translation>前置任务。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Softmax temperature of NT-Xent. Smaller values let the most similar negatives dominate the gradient.</source>
        <translation>NT-Xent 的 softmax 温度。值越小，最相似的负样本越主导梯度。</translation>
    </message>
    <message>
        <source>units</source>
        <translation>个单元</translation>
    </message>
    <message>
        <source>Projection head</source>
        <translation>投影头</translation>
    </message>
    <message>
        <source>Widths of the head's layers; the last one is compared. Evaluation uses the features before the head.</source>
        <translation>投影头各层的宽度；用最后一层作比较。评估使用投影头之前的特征。</translation>
    </message>
    <message>
        <source>Head layers</source>
        <translation>投影头层</translation>
    </message>
    <message>
        <source>batch-norm: linear, batch norm and ReLU, the last layer without ReLU (the paper's). dense-relu: linear and ReLU in every layer.</source>
        <translation>batch-norm：线性、批归一化和 ReLU，最后一层无 ReLU（论文做法）。dense-relu：每层为线性和 ReLU。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>pretrained: the parent run's checkpoint. untrained: initial weights, the baseline that shows what pretraining is worth.</source>
        <translation>pretrained：父运行的检查点。untrained：初始权重，即显示预训练价值的基线。</translation>
    </message>
    <message>
        <source>Labels a class</source>
        <translation>每类标签数</translation>
    </message>
    <message>
        <source>Learn from this many labelled samples of each class, those with the smallest keyed hash; 0 takes all.</source>
        <translation>每类只用这么多带标签样本学习（取带键哈希最小者）；0 表示全部。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>Width of the softmax layer; 0 takes the corpus's own number of classes.</source>
        <translation>softmax 层的宽度；0 采用数据集自身的类别数。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Sets all operations of the views; keys given beside it override it.</source>
        <translation>设定视图的所有操作；另外给出的键优先。</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>View size</source>
        <translation>视图尺寸</translation>
    </message>
    <message>
        <source>Side of a view. 0 takes the corpus's own size, up to 224.</source>
        <translation>视图边长。0 采用数据集自身尺寸，最大 224。</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Of the crop; antialiased either way.</source>
        <translation>裁剪所用；两者都有抗锯齿。</translation>
    </message>
    <message>
        <source>Random resized crop</source>
        <translation>随机缩放裁剪</translation>
    </message>
    <message>
        <source>Probability of a random crop; else the whole image is taken.</source>
        <translation>随机裁剪的概率；否则取整张图像。</translation>
    </message>
    <message>
        <source>of area</source>
        <translation>面积比</translation>
    </message>
    <message>
        <source>Crop area</source>
        <translation>裁剪面积</translation>
    </message>
    <message>
        <source>Smallest and largest share of the image that a crop covers.</source>
        <translation>裁剪占图像面积的最小和最大比例。</translation>
    </message>
    <message>
        <source>Crop ratio</source>
        <translation>裁剪宽高比</translation>
    </message>
    <message>
        <source>Smallest and largest width / height of a crop.</source>
        <translation>裁剪的最小和最大宽高比。</translation>
    </message>
    <message>
        <source>Horizontal flip</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Mirrors left and right.</source>
        <translation>左右镜像。</translation>
    </message>
    <message>
        <source>Vertical flip</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Mirrors up and down.</source>
        <translation>上下镜像。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turns about the centre.</source>
        <translation>绕中心旋转。</translation>
    </message>
    <message>
        <source>Rotation range</source>
        <translation>旋转范围</translation>
    </message>
    <message>
        <source>Angle uniform between minus and plus this many degrees.</source>
        <translation>角度在正负此度数之间均匀分布。</translation>
    </message>
    <message>
        <source>Colour jitter</source>
        <translation>颜色抖动</translation>
    </message>
    <message>
        <source>Brightness, contrast, saturation and hue, in random order.</source>
        <translation>亮度、对比度、饱和度和色相，次序随机。</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Factor uniform in 1 +- this.</source>
        <translation>系数在 1 ± 此值之间均匀分布。</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Shift uniform in +- this share of the colour circle.</source>
        <translation>在色环的 ± 此比例内均匀偏移。</translation>
    </message>
    <message>
        <source>Grayscale</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Drops the colour.</source>
        <translation>去除颜色。</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Blurs with a random width.</source>
        <translation>以随机宽度模糊。</translation>
    </message>
    <message>
        <source>Blur width</source>
        <translation>模糊宽度</translation>
    </message>
    <message>
        <source>Smallest and largest standard deviation of the blur.</source>
        <translation>模糊标准差的最小值和最大值。</translation>
    </message>
    <message>
        <source>Solarise</source>
        <translation>曝光反转</translation>
    </message>
    <message>
        <source>Inverts the values above the threshold.</source>
        <translation>反转阈值以上的值。</translation>
    </message>
    <message>
        <source>Solarise threshold</source>
        <translation>曝光反转阈值</translation>
    </message>
    <message>
        <source>Values at or above it are inverted.</source>
        <translation>达到或超过此值者被反转。</translation>
    </message>
    <message>
        <source>SimCLR</source>
        <translation>SimCLR</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>chance ln(2N−1)</source>
        <translation>随机水平 ln(2N−1)</translation>
    </message>
    <message>
        <source>chance 1/(2N−1)</source>
        <translation>随机水平 1/(2N−1)</translation>
    </message>
    <message>
        <source>chance ln C</source>
        <translation>随机水平 ln C</translation>
    </message>
    <message>
        <source>chance 1/C</source>
        <translation>随机水平 1/C</translation>
    </message>
    <message>
        <source>floor</source>
        <translation>下界</translation>
    </message>
    <message>
        <source>evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>embed</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>project</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>trial</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>读取样本</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>探针</translation>
    </message>
    <message>
        <source>hardness</source>
        <translation>难度测量</translation>
    </message>
    <message>
        <source>predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>this machine has no NVIDIA GPU: runs use the CPU</source>
        <translation>本机没有 NVIDIA GPU：运行使用 CPU</translation>
    </message>
    <message>
        <source>BERT</source>
        <translation>BERT</translation>
    </message>
    <message>
        <source>Masked LM</source>
        <translation>掩码语言模型</translation>
    </message>
    <message>
        <source>Masked LM and sentence order</source>
        <translation>掩码语言模型与句序</translation>
    </message>
    <message>
        <source>Blocks of the encoder; 0 takes the kind's own.</source>
        <translation>编码器的层数；0 取该类型自身的值。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Lays several sequences into a row, each seeing only itself, so that hardly a piece is padding.</source>
        <translation>把多个序列放进一行，各自只看见自己，几乎没有填充。</translation>
    </message>
    <message>
        <source>Longest sequence that the encoder can see; training may use shorter rows.</source>
        <translation>编码器能看到的最长序列；训练可以用更短的行。</translation>
    </message>
    <message>
        <source>Loss of a model that knows only how frequent each piece is: a line in the chart. 0 takes the corpus's own.</source>
        <translation>只知道各词片频率的模型的损失：图中的一条线。0 取数据集自身的值。</translation>
    </message>
    <message>
        <source>Masked at once</source>
        <translation>一次掩码的单位</translation>
    </message>
    <message>
        <source>Masked share</source>
        <translation>掩码比例</translation>
    </message>
    <message>
        <source>Of a piece's state; 0 takes the kind's own.</source>
        <translation>词片状态的宽度；0 取该类型自身的值。</translation>
    </message>
    <message>
        <source>Of attention; 0 takes the kind's own.</source>
        <translation>注意力的头数；0 取该类型自身的值。</translation>
    </message>
    <message>
        <source>Of the pieces to be predicted.</source>
        <translation>占待预测词片的比例。</translation>
    </message>
    <message>
        <source>Of the pieces to be predicted; what is left of them stays as it is.</source>
        <translation>占待预测词片的比例；其余保持原样。</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>装箱</translation>
    </message>
    <message>
        <source>Pieces of a row, [CLS] and [SEP] among them; longer texts are cut.</source>
        <translation>一行的词片数，含 [CLS] 和 [SEP]；更长的文本会被截断。</translation>
    </message>
    <message>
        <source>Pieces; 0 takes the corpus's own number.</source>
        <translation>词片数；0 取数据集自身的数目。</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置数</translation>
    </message>
    <message>
        <source>Replaced at random</source>
        <translation>随机替换</translation>
    </message>
    <message>
        <source>Replaced by [MASK]</source>
        <translation>替换为 [MASK]</translation>
    </message>
    <message>
        <source>Row length</source>
        <translation>行长</translation>
    </message>
    <message>
        <source>Rows a step, each of views.length pieces.</source>
        <translation>每步的行数，每行 views.length 个词片。</translation>
    </message>
    <message>
        <source>Share of states and attention weights that are left out in training.</source>
        <translation>训练时随机置零的状态与注意力权重的比例。</translation>
    </message>
    <message>
        <source>Share of the documents whose sequences are shorter than a row.</source>
        <translation>序列短于一行的文档所占比例。</translation>
    </message>
    <message>
        <source>Share of the pieces that are to be predicted; validation always uses 0.15.</source>
        <translation>待预测词片的比例；验证始终用 0.15。</translation>
    </message>
    <message>
        <source>Short sequences</source>
        <translation>短序列</translation>
    </message>
    <message>
        <source>Unigram entropy</source>
        <translation>一元熵</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>coin toss</source>
        <translation>抛硬币</translation>
    </message>
    <message>
        <source>coin toss: ln 2</source>
        <translation>抛硬币：ln 2</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>奈特</translation>
    </message>
    <message>
        <source>piece: each by itself. word: all pieces of a word. span: words in a row (SpanBERT). n-gram: up to three words (ALBERT).</source>
        <translation>piece：逐个词片。word：整词的所有词片。span：连续多个词（SpanBERT）。n-gram：至多三个词（ALBERT）。</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>词片</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>knows nothing: ln V</source>
        <translation>一无所知：ln V</translation>
    </message>
    <message>
        <source>knows frequencies only</source>
        <translation>只知频率</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Course of the learning rate after warm-up; wsd stays at the peak and falls over the last fifth.</source>
        <translation>预热之后学习率的走向；wsd 保持峰值，在最后五分之一下降。</translation>
    </message>
    <message>
        <source>Report on</source>
        <translation>报告于</translation>
    </message>
    <message>
        <source>Name of another corpus on whose labelled samples accuracies are reported; empty takes the corpus's own test part, or else its validation part.</source>
        <translation>另一数据集的名称，准确率在其有标签的样本上报告；留空则用本数据集的测试部分，没有则用验证部分。</translation>
    </message>
    <message>
        <source>bert: dense layer, GELU and norm before a decoder that shares the embeddings' weights; pairs from the pooled state. dense: one bare linear layer each.</source>
        <translation>bert：全连接层、GELU 与归一化，之后是与嵌入共享权重的解码器；句对由池化状态判断。dense：各用一个单独的线性层。</translation>
    </message>
    <message>
        <source>The backbone that is trained; the sizes are those of google-research/bert and GPT-2. gpt sees only what stands before a piece; modern is pre-norm with rotary positions and GeGLU, without biases.</source>
        <translation>被训练的主干网络；大小取自 google-research/bert 与 GPT-2。gpt 只看到词元之前的内容；modern 为前置归一化，带旋转位置与 GeGLU，无偏置。</translation>
    </message>
    <message>
        <source>GPT</source>
        <translation>GPT</translation>
    </message>
    <message>
        <source>SimCSE</source>
        <translation>SimCSE</translation>
    </message>
    <message>
        <source>sentence: each sentence of three pieces or more. document: each document from its start.</source>
        <translation>sentence：每个至少三个词元的句子。document：每篇文档从开头起。</translation>
    </message>
    <message>
        <source>Sentence reordering</source>
        <translation>句子重排</translation>
    </message>
    <message>
        <source>Share of the views whose sentences change places (BART); needs documents.</source>
        <translation>句子互换位置的视图所占比例（BART）；需以文档为单位。</translation>
    </message>
    <message>
        <source>Sentences moved</source>
        <translation>移动的句子</translation>
    </message>
    <message>
        <source>Of a view that is reordered.</source>
        <translation>在被重排的视图中所占比例。</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>同义词</translation>
    </message>
    <message>
        <source>Share of the views in which words are replaced by synonyms (EDA).</source>
        <translation>以同义词替换词语的视图所占比例（EDA）。</translation>
    </message>
    <message>
        <source>Words replaced by synonyms</source>
        <translation>被同义词替换的词</translation>
    </message>
    <message>
        <source>Of a view's words.</source>
        <translation>占视图中词语的比例。</translation>
    </message>
    <message>
        <source>File of synonyms</source>
        <translation>同义词文件</translation>
    </message>
    <message>
        <source>Each line a word, then those that may replace it, separated by tabs or commas.</source>
        <translation>每行一个词，后接可替换它的词，以制表符或逗号分隔。</translation>
    </message>
    <message>
        <source>Random words</source>
        <translation>随机词</translation>
    </message>
    <message>
        <source>Share of the views in which words are replaced by random ones (EDA).</source>
        <translation>以随机词替换词语的视图所占比例（EDA）。</translation>
    </message>
    <message>
        <source>Words replaced at random</source>
        <translation>被随机替换的词</translation>
    </message>
    <message>
        <source>Swapped words</source>
        <translation>词语互换</translation>
    </message>
    <message>
        <source>Share of the views in which words change places (EDA).</source>
        <translation>词语互换位置的视图所占比例（EDA）。</translation>
    </message>
    <message>
        <source>Words swapped</source>
        <translation>互换的词</translation>
    </message>
    <message>
        <source>Deleted words</source>
        <translation>词语删除</translation>
    </message>
    <message>
        <source>Share of the views in which words are left out (EDA).</source>
        <translation>删去词语的视图所占比例（EDA）。</translation>
    </message>
    <message>
        <source>Words deleted</source>
        <translation>删去的词</translation>
    </message>
    <message>
        <source>Fine-tuning on text</source>
        <translation>在文本上微调</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>What the softmax layer sees of a text. first: BERT's pooled state of [CLS]. mean: the mean of its pieces' states.</source>
        <translation>softmax 层看到的文本表示。first：BERT 的 [CLS] 池化状态。mean：各词元状态的均值。</translation>
    </message>
    <message>
        <source>Linear probe on text</source>
        <translation>文本线性探测</translation>
    </message>
    <message>
        <source>Longer rows at the end</source>
        <translation>末段加长行</translation>
    </message>
    <message>
        <source>Pieces of a row in the last part of the run, fewer rows a step; 0 keeps the length. Devlin et al. train 90 % at 128 and 10 % at 512.</source>
        <translation>运行最后一段每行的词片数，每步行数相应减少；0 保持行长。Devlin 等人 90 % 用 128、10 % 用 512。</translation>
    </message>
    <message>
        <source>Share of longer rows</source>
        <translation>加长行占比</translation>
    </message>
    <message>
        <source>How much of the run has the longer rows.</source>
        <translation>运行中使用加长行的比例。</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>词片数</translation>
    </message>
    <message>
        <source>Bounds the run by pieces trained on, before steps and epochs; 0 leaves it to those.</source>
        <translation>按训练的词片数限定运行，优先于步数与轮数；0 则由后两者决定。</translation>
    </message>
    <message>
        <source>Batch warm-up</source>
        <translation>批量预热</translation>
    </message>
    <message>
        <source>Steps over which a batch grows to its size, each training on the first of its rows; 0 for none.</source>
        <translation>批量增大到设定值所用的步数，期间每步只训练其前面的若干行；0 表示不用。</translation>
    </message>
    <message>
        <source>Time budget</source>
        <translation>时间预算</translation>
    </message>
    <message>
        <source>Ends the run, and its schedule, after this time of training, e.g. 2h, without pauses, evaluation and checkpoints; before steps and epochs. Empty: none.</source>
        <translation>训练达到此时间（如 2h）后运行及其学习率计划结束，不计暂停、评估与检查点；优先于步数与轮数。空：无。</translation>
    </message>
    <message>
        <source>Passes over the training split; 0 keeps the initial weights, to evaluate imported ones.</source>
        <translation>训练集遍历次数；0 保持初始权重，用于评估导入的权重。</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>解码器层数</translation>
    </message>
    <message>
        <source>Of the network that reconstructs the text; the weaker it is, the more the vector has to say.</source>
        <translation>复述文本的网络的层数；它越弱，向量就要承载越多。</translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation>去噪</translation>
    </message>
    <message>
        <source>A text is reconstructed from the vector of its damaged copy alone (Wang et al., TSDAE, Findings of EMNLP 2021).</source>
        <translation>仅凭受损副本的向量复述原文（Wang 等，TSDAE，Findings of EMNLP 2021）。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>the network&apos;s own</source>
        <translation>网络自身的数目</translation>
    </message>
    <message>
        <source>keeps the initial weights</source>
        <translation>保留初始权重</translation>
    </message>
    <message>
        <source>as many as the epochs take</source>
        <translation>由轮数决定</translation>
    </message>
    <message>
        <source>no clipping</source>
        <translation>不裁剪</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>the corpus&apos;s own</source>
        <translation>数据集自身的大小</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>自身的值</translation>
    </message>
    <message>
        <source>the same length</source>
        <translation>长度不变</translation>
    </message>
    <message>
        <source>as many as steps or epochs take</source>
        <translation>由步数或轮数决定</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Each piece is told from those before it, so that the model can go on with a text (Radford et al., 2019).</source>
        <translation>由前面的词片预测每个词片，从而模型能续写文本（Radford 等，2019）。</translation>
    </message>
    <message>
        <source>Two random views of each image must find each other among all other views of the batch (Chen et al., ICML 2020).</source>
        <translation>每张图像的两个随机视图须在批中所有其他视图之间找到彼此（Chen 等，ICML 2020）。</translation>
    </message>
    <message>
        <source>Two views of each text, which by default differ by dropout alone, must find each other among all others of the batch (Gao et al., EMNLP 2021).</source>
        <translation>每个文本的两个视图（默认只因 dropout 而不同）须在批中所有其他视图之间找到彼此（Gao 等，EMNLP 2021）。</translation>
    </message>
    <message>
        <source>Hidden pieces are told from what stands around them (Devlin et al., NAACL 2019; without pairs as RoBERTa, 2019).</source>
        <translation>由周围内容预测被遮的词片（Devlin 等，NAACL 2019；不用句对，如 RoBERTa，2019）。</translation>
    </message>
    <message>
        <source>Hidden pieces are told from what stands around them, and whether the second segment follows the first (Devlin et al., NAACL 2019).</source>
        <translation>由周围内容预测被遮的词片，并判断第二段是否接在第一段之后（Devlin 等，NAACL 2019）。</translation>
    </message>
    <message>
        <source>Hidden pieces are told from what stands around them, and whether two segments stand in their order (Lan et al., ALBERT, ICLR 2020).</source>
        <translation>由周围内容预测被遮的词片，并判断两段是否按原顺序（Lan 等，ALBERT，ICLR 2020）。</translation>
    </message>
    <message>
        <source>A softmax layer on a pretrained encoder; all weights learn from the labels (Chen et al., ICML 2020, section 4.2).</source>
        <translation>预训练编码器上的 softmax 层；全部权重从标签学习（Chen 等，ICML 2020，第 4.2 节）。</translation>
    </message>
    <message>
        <source>A softmax layer on a frozen encoder in evaluation mode; the features are those before any projection head.</source>
        <translation>处于评估模式的冻结编码器上的 softmax 层；特征取自投影头之前。</translation>
    </message>
    <message>
        <source>A softmax layer on a pretrained encoder; all weights learn from the labels (Devlin et al., NAACL 2019, section 4.1).</source>
        <translation>预训练编码器上的 softmax 层；全部权重从标签学习（Devlin 等，NAACL 2019，第 4.1 节）。</translation>
    </message>
    <message>
        <source>The run has diverged: its features or its loss are no numbers any more. Try a lower learning rate.</source>
        <translation>运行已发散：其特征或损失不再是数值。请降低学习率。</translation>
    </message>
    <message>
        <source>The representation has collapsed: all samples get nearly the same vector (spread %1, where 1 is even). Try a lower learning rate, a higher temperature or a larger batch.</source>
        <translation>表示已坍缩：所有样本得到几乎相同的向量（分散度 %1，均匀时为 1）。请降低学习率、提高温度或增大批量。</translation>
    </message>
    <message>
        <source>The loss is above chance: a guess would do better. Try a smaller learning rate, or more steps.</source>
        <translation>损失高于随机水平：瞎猜都更好。请减小学习率，或增加步数。</translation>
    </message>
    <message>
        <source>The loss is at chance: nothing is learned yet. Try another learning rate or easier views.</source>
        <translation>损失处于随机水平：尚未学到任何东西。请换用其他学习率或更容易的视图。</translation>
    </message>
    <message>
        <source>The accuracy of %1 tells nothing: all of its %2 samples are of one class. Attach labels of at least two.</source>
        <translation>%1 的准确率说明不了什么：它的 %2 个样本全属一个类别。请附加至少两个类别的标签。</translation>
    </message>
    <message>
        <source>The accuracy of %1 tells nothing of what was learned: it names one class for all of its %2 samples.</source>
        <translation>%1 的准确率说明不了学到了什么：它对全部 %2 个样本都给出同一个类别。</translation>
    </message>
    <message>
        <source>kNN asks %1 neighbours and there are only %2 labelled training samples, so that most of them vote each time. Set evaluation.knn_k well below that.</source>
        <translation>kNN 询问 %1 个近邻，而带标签的训练样本只有 %2 个，因此每次都由大部分样本投票。请将 evaluation.knn_k 设得远低于此数。</translation>
    </message>
    <message>
        <source>%1 of the %2 samples used to measure accuracy are exact copies of training samples, so the accuracy says little about new data. Exclude the copies and evaluate again.</source>
        <translation>测量准确率所用的 %2 个样本中，有 %1 个与学习所用的样本完全相同：它们几乎不能说明对新样本的表现。请剔除这些副本后重新评估。</translation>
    </message>
    <message>
        <source>%1 of the %2 samples used to measure accuracy belong to classes missing from the training part, so they always count as wrong.</source>
        <translation>测量准确率所用的 %2 个样本中，有 %1 个属于训练部分所没有的类别：无论学到什么，它们都计为错误。</translation>
    </message>
</context>
</TS>
