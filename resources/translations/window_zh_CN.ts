<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CurveAxis</name>
    <message>
        <source>by step</source>
        <translation>按步</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>按轮次</translation>
    </message>
    <message>
        <source>by samples</source>
        <translation>按样本数</translation>
    </message>
    <message>
        <source>by time since the start</source>
        <translation>按开始后的时间</translation>
    </message>
    <message>
        <source>by date and time</source>
        <translation>按日期时间</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>%L1 samples</source>
        <translation>%L1 个样本</translation>
    </message>
</context>
<context>
    <name>HelpView</name>
    <message>
        <source>help folder</source>
        <extracomment>Folder of this language&apos;s help, e.g. &quot;zh_CN/&quot;; as it is where there is none.</extracomment>
        <translation>zh_CN/</translation>
    </message>
</context>
<context>
    <name>PlotExport</name>
    <message>
        <source>&amp;Copy the picture</source>
        <translation>复制图片(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the &amp;values</source>
        <translation>复制数值(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>PointWords</name>
    <message>
        <source>as good as guessed</source>
        <translation>与猜测无异</translation>
    </message>
    <message>
        <source>halfway</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>certain</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>%1 or less</source>
        <translation>%1 或更低</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>%1 或更高</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>簇 %1</translation>
    </message>
    <message>
        <source>none of its neighbours</source>
        <translation>没有近邻一致</translation>
    </message>
    <message>
        <source>half of them</source>
        <translation>一半一致</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>全部一致</translation>
    </message>
</context>
<context>
    <name>RunColumn</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>kNN</source>
        <translation>kNN</translation>
    </message>
    <message>
        <source>Linear probe</source>
        <translation>线性探针</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Kept probe</source>
        <translation>保留的探针</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Samples/s</source>
        <translation>样本/秒</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父运行</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>TextRows</name>
    <message>
        <source>masked</source>
        <translation>已掩码</translation>
    </message>
    <message>
        <source>kept, to be predicted</source>
        <translation>保留，待预测</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>已替换</translation>
    </message>
    <message>
        <source>next sentence</source>
        <translation>下一句</translation>
    </message>
    <message>
        <source>random sentence</source>
        <translation>随机句子</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>顺序正确</translation>
    </message>
    <message>
        <source>swapped</source>
        <translation>已交换</translation>
    </message>
    <message>
        <source>&lt;p&gt;%L1 samples an epoch; a damaged copy of each, and the original that is reconstructed from its vector.&lt;/p&gt;</source>
        <translation>&lt;p&gt;每轮 %L1 个样本；各有一个受损副本，以及由其向量复述的原文。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;%L1 samples an epoch; two views of each, which dropout makes differ even where they read alike.&lt;/p&gt;</source>
        <translation>&lt;p&gt;每轮 %L1 个样本；每个样本两个视图，即使文字相同，dropout 也使它们不同。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;%L1 sequences in %L2 rows an epoch; %3 of their pieces are no padding.&lt;/p&gt;</source>
        <translation>&lt;p&gt;每轮 %L1 个序列，排成 %L2 行；其中 %3 的词片不是填充。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>%1 and its other seeds</source>
        <translation>%1 及其其他种子</translation>
    </message>
    <message>
        <source>%1 (%2, not %3)</source>
        <translation>%1（%2，而非 %3）</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> 以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Best by %1 accuracy: &lt;b&gt;%2&lt;/b&gt;, %3. Next: %4, %5.</source>
        <translation>按%1准确率最佳：&lt;b&gt;%2&lt;/b&gt;，%3。其次：%4，%5。</translation>
    </message>
    <message>
        <source>The two cannot be told apart by these samples and seeds.</source>
        <translation>以这些样本和种子无法区分二者。</translation>
    </message>
    <message>
        <source>They differ in %1.</source>
        <translation>二者的差异：%1。</translation>
    </message>
    <message>
        <source>Clearly behind the best: %1.</source>
        <translation>明显落后于最佳：%1。</translation>
    </message>
    <message>
        <source>Without any encoder the same protocol gets %1: what was learned is of no use for it yet.</source>
        <translation>不用任何编码器，同一协议可得 %1：所学的内容对此尚无用处。</translation>
    </message>
    <message>
        <source>The others have no such accuracy of the same samples.</source>
        <translation>其余运行没有同样样本的此类准确率。</translation>
    </message>
    <message>
        <source>%1 is at step %L2 of %L3</source>
        <translation>%1 停在第 %L2 步，共 %L3 步</translation>
    </message>
</context>
<context>
    <name>metric</name>
    <message>
        <source>Loss (nats)</source>
        <translation>损失（nat）</translation>
    </message>
    <message>
        <source>kNN accuracy, validation</source>
        <translation>kNN 准确率，验证集</translation>
    </message>
    <message>
        <source>Partner found (top-1)</source>
        <translation>找到配对（top-1）</translation>
    </message>
    <message>
        <source>Accuracy, training batch</source>
        <translation>准确率，训练批</translation>
    </message>
    <message>
        <source>Accuracy, validation</source>
        <translation>准确率，验证集</translation>
    </message>
    <message>
        <source>Spread std·√d (0 = collapsed)</source>
        <translation>离散度 std·√d（0 = 坍缩）</translation>
    </message>
    <message>
        <source>RankMe (dimensions in use)</source>
        <translation>RankMe（使用的维数）</translation>
    </message>
    <message>
        <source>Alignment (lower is better)</source>
        <translation>对齐度（越低越好）</translation>
    </message>
    <message>
        <source>Uniformity (lower is better)</source>
        <translation>均匀性（越低越好）</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Cosine of partners</source>
        <translation>配对余弦</translation>
    </message>
    <message>
        <source>Cosine of others</source>
        <translation>其他余弦</translation>
    </message>
    <message>
        <source>Waiting for data (s a step)</source>
        <translation>等待数据（秒/步）</translation>
    </message>
    <message>
        <source>Forward (s a step)</source>
        <translation>前向（秒/步）</translation>
    </message>
    <message>
        <source>Backward (s a step)</source>
        <translation>反向（秒/步）</translation>
    </message>
    <message>
        <source>Optimiser (s a step)</source>
        <translation>优化器（秒/步）</translation>
    </message>
    <message>
        <source>Memory (MB)</source>
        <translation>内存（MB）</translation>
    </message>
    <message>
        <source>GPU memory (MB)</source>
        <translation>显存（MB）</translation>
    </message>
    <message>
        <source>GPU busy (%)</source>
        <translation>GPU 占用（%）</translation>
    </message>
    <message>
        <source>kNN</source>
        <translation>kNN</translation>
    </message>
    <message>
        <source>Linear probe</source>
        <translation>线性探针</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Kept linear probe</source>
        <translation>保留的线性探针</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1（在 %2 上）</translation>
    </message>
    <message>
        <source>Masked LM loss (nats)</source>
        <translation>掩码语言模型损失（奈特）</translation>
    </message>
    <message>
        <source>Masked LM loss, validation (nats)</source>
        <translation>掩码语言模型损失，验证（奈特）</translation>
    </message>
    <message>
        <source>Hidden pieces found</source>
        <translation>猜中的被掩词片</translation>
    </message>
    <message>
        <source>Hidden pieces found, validation</source>
        <translation>猜中的被掩词片，验证</translation>
    </message>
    <message>
        <source>Perplexity, validation</source>
        <translation>困惑度，验证</translation>
    </message>
    <message>
        <source>Pair loss (nats)</source>
        <translation>句对损失（奈特）</translation>
    </message>
    <message>
        <source>Pair loss, validation (nats)</source>
        <translation>句对损失，验证（奈特）</translation>
    </message>
    <message>
        <source>Pairs told</source>
        <translation>判对的句对</translation>
    </message>
    <message>
        <source>Pairs told, validation</source>
        <translation>判对的句对，验证</translation>
    </message>
    <message>
        <source>Pieces per second</source>
        <translation>每秒词片数</translation>
    </message>
    <message>
        <source>Packing (share that is no padding)</source>
        <translation>装箱率（非填充比例）</translation>
    </message>
    <message>
        <source>Samples per second</source>
        <translation>每秒样本数</translation>
    </message>
    <message>
        <source>Next-piece loss (nats)</source>
        <translation>下一词元损失（奈特）</translation>
    </message>
    <message>
        <source>Next-piece loss, validation (nats)</source>
        <translation>下一词元损失，验证集（奈特）</translation>
    </message>
    <message>
        <source>Next pieces told</source>
        <translation>猜中的下一词元</translation>
    </message>
    <message>
        <source>Next pieces told, validation</source>
        <translation>猜中的下一词元，验证集</translation>
    </message>
    <message>
        <source>Denoising loss (nats)</source>
        <translation>去噪损失（纳特）</translation>
    </message>
    <message>
        <source>Denoising accuracy</source>
        <translation>去噪准确率</translation>
    </message>
    <message>
        <source>Training time spent (s)</source>
        <translation>已用训练时间（秒）</translation>
    </message>
</context>
<context>
    <name>pretext::BinDialog</name>
    <message>
        <source>&amp;Put back</source>
        <translation>放回(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Delete for good…</source>
        <translation>彻底删除(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Empty the bin…</source>
        <translation>清空回收站(&amp;E)…</translation>
    </message>
    <message>
        <source>Pretext — bin</source>
        <translation>Pretext — 回收站</translation>
    </message>
    <message>
        <source>What is in the bin</source>
        <translation>回收站的内容</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>删除时间</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Empty the bin</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>数据集</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n of these for good, with files of %1? There is no undo.</source>
        <translation>
            <numerusform>彻底删除其中 %n 项及 %1 的文件？此操作无法撤销。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::ClassListDialog</name>
    <message>
        <source>No labels.</source>
        <translation>无标签。</translation>
    </message>
    <message>
        <source>Classes: %1</source>
        <translation>类别：%1</translation>
    </message>
    <message>
        <source>… and %L1 more</source>
        <translation>……及其他 %L1 个</translation>
    </message>
    <message>
        <source>Pretext — classes of %1</source>
        <translation>Pretext — %1 的类别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>查找类别</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>%L1 classes; samples without a label: %L2</source>
        <translation>%L1 个类别；无标签样本：%L2</translation>
    </message>
</context>
<context>
    <name>pretext::CommandPalette</name>
    <message>
        <source>Find a page, run, corpus or action</source>
        <translation>查找页面、运行、数据集或操作</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
</context>
<context>
    <name>pretext::CompareCurves</name>
    <message>
        <source>mean over seeds</source>
        <translation>对种子取均值</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Mean over seeds</source>
        <translation>对种子取均值</translation>
    </message>
    <message>
        <source>Runs that are alike but for their seeds become one curve: their mean, with one standard deviation to either side</source>
        <translation>仅种子不同的运行合为一条曲线：均值及两侧各一个标准差</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>The losses are of different tasks, since these settings differ: %1. A lower one is not the better run; accuracies tell.</source>
        <translation>由于以下设置不同，各运行的损失属于不同的任务：%1。损失较低并不代表运行更好，请看准确率。</translation>
    </message>
    <message>
        <source>%1: mean ± s.d. of %L2 seeds</source>
        <translation>%1：%L2 个种子的平均值 ± 标准差</translation>
    </message>
</context>
<context>
    <name>pretext::CompareEmbeddings</name>
    <message>
        <source>Left run</source>
        <translation>左侧运行</translation>
    </message>
    <message>
        <source>Right run</source>
        <translation>右侧运行</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>Projection of both</source>
        <translation>两侧的投影</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Embedding of the %1</source>
        <translation>%1的嵌入</translation>
    </message>
    <message>
        <source>Of another corpus: a selection stays on its side.</source>
        <translation>属于另一个数据集：选择只在本侧有效。</translation>
    </message>
    <message>
        <source>Tick a run.</source>
        <translation>请勾选一个运行。</translation>
    </message>
    <message>
        <source>It has no %1 yet: the Embeddings page computes it.</source>
        <translation>还没有 %1：可在“嵌入”页计算。</translation>
    </message>
    <message>
        <source>%L1 samples at step %L2</source>
        <translation>第 %L2 步的 %L1 个样本</translation>
    </message>
</context>
<context>
    <name>pretext::ComparePage</name>
    <message>
        <source>Runs to compare</source>
        <translation>要比较的运行</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Tick the runs to compare</source>
        <translation>勾选要比较的运行</translation>
    </message>
    <message>
        <source>What differs between the runs</source>
        <translation>运行之间的差异</translation>
    </message>
    <message>
        <source>Parallel coordinates</source>
        <translation>平行坐标</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>散点</translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <translation>%1（基线）</translation>
    </message>
    <message>
        <source>No baseline any more</source>
        <translation>取消基线</translation>
    </message>
    <message>
        <source>Pin as a baseline</source>
        <translation>设为基线</translation>
    </message>
    <message>
        <source>&amp;Report…</source>
        <translation>报告(&amp;R)…</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Report of the ticked runs</source>
        <translation>所勾选运行的报告</translation>
    </message>
    <message>
        <source>What differs, curves, accuracies, confusions, views and embeddings in one file</source>
        <translation>把差异、曲线、准确率、混淆矩阵、视图和嵌入写入一个文件</translation>
    </message>
    <message>
        <source>HTML (*.html);;PDF (*.pdf)</source>
        <translation>HTML (*.html);;PDF (*.pdf)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>报告已写入 %1。</translation>
    </message>
    <message>
        <source>Pin the run in hand as a baseline</source>
        <translation>将当前运行固定为基线</translation>
    </message>
    <message>
        <source>A baseline stands first, and others show how far they are from it</source>
        <translation>基线排在最前，其他运行会显示与它的差距</translation>
    </message>
    <message>
        <source>Tick runs on the left: their curves and what differs come here.</source>
        <translation>在左侧勾选运行：它们的曲线和差异显示在这里。</translation>
    </message>
    <message>
        <source>No runs to compare yet</source>
        <translation>还没有可比较的运行</translation>
    </message>
    <message>
        <source>Runs stand here side by side: their curves, their accuracies, and which of their settings made the difference.</source>
        <translation>运行在这里并排：它们的曲线、准确率，以及是哪些设置造成了差异。</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新运行…</translation>
    </message>
</context>
<context>
    <name>pretext::CompareParallel</name>
    <message>
        <source>&amp;Keep only these</source>
        <translation>只保留这些(&amp;K)</translation>
    </message>
    <message>
        <source>Measure of the parallel coordinates</source>
        <translation>平行坐标的度量</translation>
    </message>
    <message>
        <source>Keep only the brushed runs</source>
        <translation>只保留刷选的运行</translation>
    </message>
    <message>
        <source>Brushed runs</source>
        <translation>刷选的运行</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>度量</translation>
    </message>
    <message>
        <source>%L1 of %L2 runs pass</source>
        <translation>%L2 个运行中有 %L1 个通过</translation>
    </message>
</context>
<context>
    <name>pretext::CompareScatter</name>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>Measure against setting</source>
        <translation>度量与设置</translation>
    </message>
</context>
<context>
    <name>pretext::CompareSettings</name>
    <message>
        <source>search what differs</source>
        <translation>搜索差异</translation>
    </message>
    <message>
        <source>Search what differs</source>
        <translation>搜索差异</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>%1 accuracy</source>
        <translation>%1准确率</translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <translation>%1（基线）</translation>
    </message>
    <message>
        <source>%1, untrained</source>
        <translation>%1，未训练</translation>
    </message>
    <message>
        <source>%1, TF-IDF</source>
        <translation>%1，TF-IDF</translation>
    </message>
    <message>
        <source>%1, raw pixels</source>
        <translation>%1，原始像素</translation>
    </message>
    <message numerus="yes">
        <source>s.d. is the standard deviation over %n seeds.</source>
        <translation>
            <numerusform>s.d. 为 %n 个种子的标准差。</numerusform>
        </translation>
    </message>
    <message>
        <source>± is half of the interval of 95 % confidence.</source>
        <translation>± 为 95 % 置信区间的一半。</translation>
    </message>
    <message>
        <source>%1, on %L2 samples of the %3 split. Always naming the most frequent class would get %4.</source>
        <translation>%1，基于 %3 部分的 %L2 个样本。始终回答最常见的类别可得 %4。</translation>
    </message>
    <message>
        <source>%1, %L2 seeds</source>
        <translation>%1，%L2 个种子</translation>
    </message>
    <message>
        <source>Which run is the best</source>
        <translation>哪个运行最佳</translation>
    </message>
    <message>
        <source>best: %1</source>
        <translation>最佳：%1</translation>
    </message>
</context>
<context>
    <name>pretext::ConfusionMap</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>%L1 of %L2 (%3 %)</source>
        <translation>%L1 / %L2（%3 %）</translation>
    </message>
    <message>
        <source>%1 recognised: %2</source>
        <translation>%1 识别正确：%2</translation>
    </message>
    <message>
        <source>%1 taken for %2: %3</source>
        <translation>%1 被判为 %2：%3</translation>
    </message>
    <message>
        <source>%1 taken for %2</source>
        <translation>%1 被认作 %2</translation>
    </message>
    <message>
        <source>taken for →</source>
        <translation>被认作 →</translation>
    </message>
    <message>
        <source>true class →</source>
        <translation>真实类别 →</translation>
    </message>
</context>
<context>
    <name>pretext::ConfusionMatrix</name>
    <message>
        <source>Cell in hand</source>
        <translation>当前单元格</translation>
    </message>
    <message>
        <source>Confused most often</source>
        <translation>最常混淆</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n 个类别</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::CorporaPage</name>
    <message>
        <source>No corpora yet</source>
        <translation>还没有数据集</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Corpora</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>&amp;Open a folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop ingest</source>
        <translation>停止导入</translation>
    </message>
    <message>
        <source>the sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Another ingest is under way: wait for it, or stop it, then start this one.</source>
        <translation>另一个导入正在进行：请等它结束或将它停止，再开始这一个。</translation>
    </message>
    <message>
        <source>Ingest of %1…</source>
        <translation>正在导入 %1…</translation>
    </message>
    <message>
        <source>one channel</source>
        <translation>单通道</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is in the bin.</source>
        <translation>“%1”已移入回收站。</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %L2 images, %3 px, %4. %5&lt;br&gt;%6</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：%L2 张图像，%3 px，%4。%5&lt;br&gt;%6</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %L2 documents, %L3 sentences, %L4 pieces of a vocabulary of %L5 (%6). [UNK] %7, %8 pieces a word. %9</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：%L2 篇文档，%L3 个句子，%L4 个词片，词表 %L5（%6）。[UNK] %7，每词 %8 个词片。%9</translation>
    </message>
    <message>
        <source>uncased</source>
        <translation>不区分大小写</translation>
    </message>
    <message>
        <source>cased</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Ingest: %1, %2 left</source>
        <translation>导入：%1，剩余 %2</translation>
    </message>
    <message>
        <source>Open a fi&amp;le…</source>
        <translation>打开文件(&amp;L)…</translation>
    </message>
    <message>
        <source>%L1 exact duplicates</source>
        <translation>%L1 个完全相同的重复</translation>
    </message>
    <message>
        <source>Training %L1, validation %L2, test %L3. %4.</source>
        <translation>训练 %L1，验证 %L2，测试 %L3。%4。</translation>
    </message>
    <message>
        <source>About the corpus</source>
        <translation>关于数据集</translation>
    </message>
    <message>
        <source>look for near-duplicates</source>
        <translation>查找近似重复</translation>
    </message>
    <message>
        <source>too small: %L1</source>
        <translation>过小：%L1</translation>
    </message>
    <message>
        <source>A corpus is a set of images, texts or series, read once and kept. Open a folder, or drop one here, or a file of text or measurements; labels are never needed.</source>
        <translation>数据集是一组图像、文本或序列，只读一次并保存。打开文件夹，或把文件夹、文本文件或测量数据文件拖到这里；从不需要标签。</translation>
    </message>
    <message>
        <source>Text, CSV, TSV or JSONL (.gz too), measurements over time, or an IDX file of images</source>
        <translation>文本、CSV、TSV 或 JSONL（也可为 .gz）、随时间的测量，或 IDX 图像文件</translation>
    </message>
    <message>
        <source>A folder of images, texts or series</source>
        <translation>图像、文本或序列的文件夹</translation>
    </message>
    <message>
        <source>A file of text or measurements, or an IDX file</source>
        <translation>文本或测量数据文件，或 IDX 文件</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: series: %L2, points: %L3, variables: %L4, times in &quot;%5&quot; (%6), values missing: %L7.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：序列 %L2 条，点 %L3 个，变量 %L4 个，时间在“%5”列（%6），缺失值 %L7 个。</translation>
    </message>
    <message>
        <source>dates in UTC</source>
        <translation>UTC 日期</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Times that are before the one above them: %L1.</source>
        <translation>早于上一行的时间：%L1 处。</translation>
    </message>
    <message>
        <source>and %L1 more, which &quot;pretext corpora --json&quot; lists</source>
        <translation>以及另外 %L1 项，由“pretext corpora --json”列出</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Skipped, or not taken as it was:</source>
        <translation>已跳过，或未按原样读入：</translation>
    </message>
    <message>
        <source>Left out, being no numbers: %1.</source>
        <translation>因不是数值而略去：%1。</translation>
    </message>
</context>
<context>
    <name>pretext::CostLine</name>
    <message>
        <source>about %1 of memory.</source>
        <translation>约 %1 内存。</translation>
    </message>
    <message>
        <source>&lt;b&gt;about %1 of memory, more than this machine&apos;s %2&lt;/b&gt;: take a smaller batch, or accumulation.</source>
        <translation>&lt;b&gt;约 %1 内存，超过本机的 %2&lt;/b&gt;：请减小批大小，或使用梯度累积。</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <source>What it will cost</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Measure what it will cost</source>
        <translation>测量代价</translation>
    </message>
    <message>
        <source>The engine trains a few steps of it, about ten seconds, and keeps nothing</source>
        <translation>引擎训练几步，约十秒，什么也不保留</translation>
    </message>
    <message>
        <source>The engine measures… %1 %</source>
        <translation>引擎正在测量… %1 %</translation>
    </message>
    <message numerus="yes">
        <source>Each of the %n runs: </source>
        <translation>
            <numerusform>%n 个运行中的每一个：</numerusform>
        </translation>
    </message>
    <message>
        <source>The trial was stopped.</source>
        <translation>测量已停止。</translation>
    </message>
    <message>
        <source>Measured on %1: over within seconds, %2 of memory.</source>
        <translation>在 %1 上测得：几秒内结束，内存 %2。</translation>
    </message>
    <message>
        <source>Measured on %1: %2 a step, about %3 of training, then evaluation; %4 of memory.</source>
        <translation>在 %1 上测得：每步 %2，训练约 %3，之后评估；内存 %4。</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Encoder %L1 parameters, heads %L2; %3 GFLOP an image and step; %4 %5</source>
        <translation>编码器 %L1 个参数，头部 %L2 个；每张图像每步 %3 GFLOP；%4 %5</translation>
    </message>
    <message>
        <source>Encoder %L1 parameters; %2 GFLOP a row and step, of about %L3 rows an epoch.</source>
        <translation>编码器 %L1 个参数；每行每步 %2 GFLOP，每轮约 %L3 行。</translation>
    </message>
    <message>
        <source>Ends after %1 of training.</source>
        <translation>训练 %1 后结束。</translation>
    </message>
    <message>
        <source>About %1 at the speed of run %2.</source>
        <translation>按运行 %2 的速度约需 %1。</translation>
    </message>
    <message>
        <source>Measure tells how long it takes here.</source>
        <translation>“测量”可知在这里需要多久。</translation>
    </message>
    <message>
        <source>&amp;Quick look</source>
        <translation>快速试看(&amp;Q)</translation>
    </message>
    <message>
        <source>Make it a quick look</source>
        <translation>改为快速试看</translation>
    </message>
    <message>
        <source>Roughly %1 on this CPU: Measure tells.</source>
        <translation>在此 CPU 上大约 %1：点“测量”即知。</translation>
    </message>
    <message>
        <source>A small network, at most five epochs and 5,000 samples: minutes on a CPU, to see whether all of it works</source>
        <translation>小网络、至多五轮和 5,000 个样本：在 CPU 上几分钟即可，看看一切是否正常</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>pretext::CurveTableModel</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>pretext::EmbeddingScatter</name>
    <message>
        <source>Embedding scatter</source>
        <translation>嵌入散点图</translation>
    </message>
    <message>
        <source>No embeddings yet</source>
        <translation>还没有嵌入</translation>
    </message>
</context>
<context>
    <name>pretext::EmbeddingTableModel</name>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
</context>
<context>
    <name>pretext::EmbeddingsPage</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Embeddings, as a table</source>
        <translation>嵌入，以表格显示</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>The embeddings of this run are being computed…</source>
        <translation>正在计算此运行的嵌入…</translation>
    </message>
    <message>
        <source>This run has no embeddings yet: they come when it has finished.</source>
        <translation>此运行还没有嵌入：运行完成后才会有。</translation>
    </message>
    <message>
        <source>%1 of %L2 samples at step %L3</source>
        <translation>第 %L3 步，%L2 个样本的 %1</translation>
    </message>
    <message>
        <source>%1 — newer ones are being computed…</source>
        <translation>%1 — 正在计算更新的嵌入…</translation>
    </message>
    <message>
        <source>%1 — stale: the run has a newer checkpoint</source>
        <translation>%1 — 已过时：该运行有更新的检查点</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>所显示的内容</translation>
    </message>
    <message>
        <source>Show the points as a table; rows that are selected there can be labelled</source>
        <translation>以表格显示各点；在表中选中的行可以打标签</translation>
    </message>
    <message>
        <source>lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Dragging selects points, as it does with Shift held; Escape drops them</source>
        <translation>拖动即可选择点（与按住 Shift 时相同）；Esc 取消选择</translation>
    </message>
    <message>
        <source>Sample or labels</source>
        <translation>样本或标签</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Film of %L1 samples by %2</source>
        <translation>%L1 个样本的影片（%2）</translation>
    </message>
    <message>
        <source>This run has no %1 yet: compute it.</source>
        <translation>此运行还没有 %1：请计算。</translation>
    </message>
    <message>
        <source>, trustworthiness %1</source>
        <translation>，可信度 %1</translation>
    </message>
    <message>
        <source>How far points that are neighbours here were neighbours before: 1 is always, 0.5 about chance</source>
        <translation>此处相邻的点原本有多少也相邻：1 表示总是，0.5 约为随机水平</translation>
    </message>
    <message>
        <source>No embeddings yet</source>
        <translation>还没有嵌入</translation>
    </message>
    <message>
        <source>A run leaves here what its encoder makes of each sample: heaps of what it takes to be alike.</source>
        <translation>运行在这里留下其编码器对每个样本的表示：它认为相似的聚成一堆。</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新运行…</translation>
    </message>
</context>
<context>
    <name>pretext::FilmBar</name>
    <message>
        <source>Make a &amp;film</source>
        <translation>制作影片(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Newest points</source>
        <translation>最新的点(&amp;N)</translation>
    </message>
    <message>
        <source>Play the film</source>
        <translation>播放影片</translation>
    </message>
    <message>
        <source>Play how the embedding formed, checkpoint by checkpoint</source>
        <translation>逐个检查点播放嵌入的形成过程</translation>
    </message>
    <message>
        <source>Place in the film</source>
        <translation>影片中的位置</translation>
    </message>
    <message>
        <source>Step of the film</source>
        <translation>影片的步数</translation>
    </message>
    <message>
        <source>Make a film</source>
        <translation>制作影片</translation>
    </message>
    <message>
        <source>Projects the same samples at each checkpoint that is kept, from the untrained encoder on</source>
        <translation>从未训练的编码器开始，在每个保留的检查点投影同样的样本</translation>
    </message>
    <message>
        <source>Newest points</source>
        <translation>最新的点</translation>
    </message>
    <message>
        <source>Make the &amp;film again</source>
        <translation>重新制作影片(&amp;F)</translation>
    </message>
    <message>
        <source>The film is being made…</source>
        <translation>正在制作影片…</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>step %L1 (%2 of %3)</source>
        <translation>第 %L1 步（%2/%3）</translation>
    </message>
</context>
<context>
    <name>pretext::HardnessPanel</name>
    <message>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <source>Features that tell views apart</source>
        <translation>区分视图的特征</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Asks the engine how alike this run&apos;s encoder finds the views</source>
        <translation>请引擎用此运行的编码器衡量视图的相似度</translation>
    </message>
    <message>
        <source>&amp;Hardness by</source>
        <translation>难度依据(&amp;H)</translation>
    </message>
    <message>
        <source>Raw pixels</source>
        <translation>原始像素</translation>
    </message>
    <message>
        <source>Colours alone</source>
        <translation>仅颜色</translation>
    </message>
    <message>
        <source>The engine measures…</source>
        <translation>引擎正在测量…</translation>
    </message>
    <message>
        <source>Measure asks this run&apos;s encoder, as its newest checkpoint has it.</source>
        <translation>“测量”使用此运行最新检查点的编码器。</translation>
    </message>
    <message>
        <source>One image has no others.</source>
        <translation>只有一张图像，无从比较。</translation>
    </message>
    <message>
        <source>The features of run %1</source>
        <translation>运行 %1 的特征</translation>
    </message>
    <message>
        <source>%1 find an image&apos;s other view among those of %2 images in %3 ± %4 of cases (chance: %5). </source>
        <translation>%1在 %2 张图像中找到同一图像另一视图的比例为 %3 ± %4（随机：%5）。</translation>
    </message>
    <message>
        <source>That is easy: an encoder can solve the task without learning what is in the images.</source>
        <translation>这很容易：编码器无需学习图像内容即可完成任务。</translation>
    </message>
    <message>
        <source>They help, but do not suffice.</source>
        <translation>它们有帮助，但还不够。</translation>
    </message>
    <message>
        <source>They hardly help: the task asks for more.</source>
        <translation>它们几乎没有帮助：任务需要更多信息。</translation>
    </message>
</context>
<context>
    <name>pretext::HelpView</name>
    <message>
        <source>Pretext — help</source>
        <translation>Pretext — 帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>帮助页面</translation>
    </message>
</context>
<context>
    <name>pretext::Histogram</name>
    <message>
        <source>%L1 to %L2 %3: %L4</source>
        <translation>%L1 至 %L2 %3：%L4</translation>
    </message>
</context>
<context>
    <name>pretext::ImageBrowser</name>
    <message>
        <source>Shorter side of the images</source>
        <translation>图像短边</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Images of each class</source>
        <translation>各类别的图像</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>A class that is chosen is shown alone</source>
        <translation>选中某个类别时只显示该类别</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
</context>
<context>
    <name>pretext::ImageChecksDialog</name>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Checks of the images</source>
        <translation>图像检查</translation>
    </message>
    <message>
        <source>Exact duplicates</source>
        <translation>完全重复</translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation>完全相同</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>Nearly alike</source>
        <translation>几乎相同</translation>
    </message>
    <message>
        <source>Images that are too small</source>
        <translation>过小的图像</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>过小</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>查找进度</translation>
    </message>
    <message>
        <source>Stop the search</source>
        <translation>停止查找</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Size (px)</source>
        <translation>尺寸（像素）</translation>
    </message>
    <message>
        <source>No image is an exact copy of another.</source>
        <translation>没有图像与另一张完全相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n groups of exact copies. Copies are always in the same part: none is in training and test at once.</source>
        <translation>
            <numerusform>%n 组完全相同的图像。相同的图像总在同一部分：不会同时出现在训练和测试中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Views are %1 px large by default: no image is enlarged more than twofold for them.</source>
        <translation>视图默认为 %1 像素：没有图像会为此放大两倍以上。</translation>
    </message>
    <message numerus="yes">
        <source>%n images have a side below half of the %1 px that views have by default: they are enlarged more than twofold, and look blurred.</source>
        <translation>
            <numerusform>%n 张图像的短边不到视图默认 %1 像素的一半：它们会被放大两倍以上，显得模糊。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for images that look nearly alike…</source>
        <translation>正在查找几乎相同的图像…</translation>
    </message>
    <message>
        <source>No two images look nearly alike, but for exact copies.</source>
        <translation>除完全相同的图像外，没有两张几乎相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n groups of images that look nearly alike: saved again, resized, or shots of one scene. They may stand in different parts; the first of each group is what the others resemble.</source>
        <translation>
            <numerusform>%n 组几乎相同的图像：重新保存、缩放过的，或同一场景的不同照片。它们可能分处不同部分；每组的第一张是其他图像所相似的。</numerusform>
        </translation>
    </message>
    <message>
        <source>The first %L1; the command &quot;duplicates&quot; lists all.</source>
        <translation>前 %L1 个；命令“duplicates”列出全部。</translation>
    </message>
    <message>
        <source>Show in its &amp;folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Export the list…</source>
        <translation>导出列表(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Make a corpus without them…</source>
        <translation>生成不含它们的数据集(&amp;M)…</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>已做的事</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Make a corpus without them</source>
        <translation>生成不含它们的数据集</translation>
    </message>
    <message>
        <source>%1 is no file any more, or one of many in an archive.</source>
        <translation>%1 已不是文件，或只是归档中的一项。</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>列表已保存到 %1。</translation>
    </message>
    <message>
        <source>Pretext — copies and small images of %1</source>
        <translation>Pretext — %1 的副本和过小图像</translation>
    </message>
    <message>
        <source>A copy of this corpus: of a group the largest stays, of equally large ones that with the shortest name. Labels and parts stay as they are.</source>
        <translation>此数据集的副本：每组保留最大的一张，同样大小时保留名称最短的。标签和划分保持不变。</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>checks</source>
        <translation>检查</translation>
    </message>
</context>
<context>
    <name>pretext::IngestPanel</name>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>%L1 images (%2).</source>
        <translation>%L1 张图像（%2）。</translation>
    </message>
    <message>
        <source>No classes, and none are needed.</source>
        <translation>没有类别，也不需要。</translation>
    </message>
    <message>
        <source>%1 classes: %2.</source>
        <translation>%1 个类别：%2。</translation>
    </message>
    <message>
        <source>A test part of %L1.</source>
        <translation>测试部分 %L1 张。</translation>
    </message>
    <message>
        <source>A validation part of %L1.</source>
        <translation>验证部分 %L1 张。</translation>
    </message>
    <message>
        <source>Some cannot be read (one %1); they will be listed.</source>
        <translation>有些无法读取（例如 %1）；它们会被列出。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>As recognised: sub-folders of the first level, or label files</source>
        <translation>按识别结果：第一级子文件夹或标签文件</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>From a CSV file…</source>
        <translation>来自 CSV 文件…</translation>
    </message>
    <message>
        <source>Sub-folders, with the whole path to them</source>
        <translation>子文件夹，含完整路径</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Shorter side, never enlarged</source>
        <translation>短边，从不放大</translation>
    </message>
    <message>
        <source>Exact size, cropped</source>
        <translation>固定尺寸，裁剪</translation>
    </message>
    <message>
        <source>Exact size, padded</source>
        <translation>固定尺寸，填充</translation>
    </message>
    <message>
        <source>Exact size, stretched</source>
        <translation>固定尺寸，拉伸</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>尺寸(&amp;S)</translation>
    </message>
    <message>
        <source>Labels: a CSV of file and class</source>
        <translation>标签：含文件与类别的 CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>CSV 文件 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>A corpus of that name is there: this becomes a new version of it, and files that have not changed are not read again.</source>
        <translation>已有同名数据集：这将成为它的新版本，未改变的文件不会重新读取。</translation>
    </message>
</context>
<context>
    <name>pretext::LabelMenu</name>
    <message>
        <source>More about the labels</source>
        <translation>标签的更多操作</translation>
    </message>
    <message>
        <source>Export the labels as CSV…</source>
        <translation>将标签导出为 CSV…</translation>
    </message>
    <message>
        <source>Export the probe&apos;s predictions as CSV…</source>
        <translation>将探针的预测导出为 CSV…</translation>
    </message>
    <message>
        <source>Make them the corpus&apos;s labels</source>
        <translation>设为数据集的标签</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>历史…</translation>
    </message>
    <message>
        <source>There are no labels to export yet.</source>
        <translation>还没有可导出的标签。</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>导出标签</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>%L1 labels are in %2.</source>
        <translation>%L1 个标签已存入 %2。</translation>
    </message>
    <message>
        <source>There is no probe yet: train one on these labels.</source>
        <translation>还没有探针：请用这些标签训练一个。</translation>
    </message>
    <message>
        <source>Export predictions</source>
        <translation>导出预测</translation>
    </message>
    <message>
        <source>There are no labels yet.</source>
        <translation>还没有标签。</translation>
    </message>
    <message>
        <source>The labels of &quot;%1&quot; take the place of those that the corpus has of the same samples. Runs are evaluated by them from then on.</source>
        <translation>“%1”的标签将取代数据集中同样样本已有的标签。此后的运行按它们评估。</translation>
    </message>
    <message>
        <source>%L1 labels are the corpus&apos;s own now: fine-tuning and &quot;evaluate&quot; use them.</source>
        <translation>%L1 个标签现已属于数据集：微调和 evaluate 会使用它们。</translation>
    </message>
    <message>
        <source>%1, %2: %L3 samples, %4</source>
        <translation>%1，%2：%L3 个样本，%4</translation>
    </message>
    <message>
        <source>label taken away</source>
        <translation>去除标签</translation>
    </message>
    <message>
        <source>%1 (undone)</source>
        <translation>%1（已撤销）</translation>
    </message>
    <message>
        <source>History of &quot;%1&quot;</source>
        <translation>“%1”的历史</translation>
    </message>
    <message>
        <source>Predictions of %L1 of %L2 samples are in %3: those that were embedded when the probe was trained.</source>
        <translation>%L2 个样本中 %L1 个的预测已保存到 %3：即训练探针时已嵌入的样本。</translation>
    </message>
</context>
<context>
    <name>pretext::LabelPanel</name>
    <message>
        <source>Selected samples</source>
        <translation>选中的样本</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>打标签(&amp;L)</translation>
    </message>
    <message>
        <source>Take a&amp;way</source>
        <translation>去除(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Train a probe on these labels</source>
        <translation>用这些标签训练探针(&amp;T)</translation>
    </message>
    <message>
        <source>Least certain samples</source>
        <translation>最没把握的样本</translation>
    </message>
    <message>
        <source>Least certain: label these next</source>
        <translation>最没把握：接下来标注这些</translation>
    </message>
    <message>
        <source>What the probe learned</source>
        <translation>探针学到了什么</translation>
    </message>
    <message>
        <source>Labelling</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>A set of labels under a name: write a new one to begin another</source>
        <translation>一组以名称保存的标签：写入新名称即可另开一组</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手工</translation>
    </message>
    <message>
        <source>Undo the label</source>
        <translation>撤销标签</translation>
    </message>
    <message>
        <source>Redo the label</source>
        <translation>重做标签</translation>
    </message>
    <message>
        <source>Class to give</source>
        <translation>要给予的类别</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Label the selected samples</source>
        <translation>给选中的样本打标签</translation>
    </message>
    <message>
        <source>Take the labels of the selected samples away</source>
        <translation>去除选中样本的标签</translation>
    </message>
    <message>
        <source>Train a probe on these labels</source>
        <translation>用这些标签训练探针</translation>
    </message>
    <message>
        <source>A softmax layer on this run&apos;s frozen features; seconds of work</source>
        <translation>在此运行的冻结特征上训练 softmax 层，只需几秒</translation>
    </message>
    <message>
        <source>Draw a lasso around points (Shift and drag) to select them</source>
        <translation>用套索圈住点（按住 Shift 拖动）以选择它们</translation>
    </message>
    <message>
        <source>%L1 selected; pick some of them to label only these</source>
        <translation>已选 %L1 个；可再挑选其中一部分单独标注</translation>
    </message>
    <message>
        <source>Undo &quot;%1&quot; of %L2 samples</source>
        <translation>撤销 %L2 个样本的“%1”</translation>
    </message>
    <message>
        <source>Redo &quot;%1&quot; of %L2 samples</source>
        <translation>重做 %L2 个样本的“%1”</translation>
    </message>
    <message>
        <source>%L1 labels, %L2 classes. </source>
        <translation>%L1 个标签，%L2 个类别。</translation>
    </message>
    <message>
        <source>Label some points of two classes or more: a few dozen are often enough.</source>
        <translation>给两个或更多类别的一些点打标签：几十个往往就够了。</translation>
    </message>
    <message>
        <source>A second class is needed to train a probe.</source>
        <translation>训练探针还需要第二个类别。</translation>
    </message>
    <message>
        <source> The labels have changed since: train again.</source>
        <translation> 标签此后有变动：请重新训练。</translation>
    </message>
    <message>
        <source>Choose the samples to label first: draw a lasso around points.</source>
        <translation>请先选择要标注的样本：用套索圈住一些点。</translation>
    </message>
    <message>
        <source> The run has trained on since: train again.</source>
        <translation> 此后运行又训练了：请重新训练。</translation>
    </message>
    <message>
        <source>All of them are labelled</source>
        <translation>全部已有标签</translation>
    </message>
    <message>
        <source> Of these labels alone: points of one heap are easier than the rest, and classes without a label are never predicted.</source>
        <translation> 仅就这些标签而言：同一堆的点比其余的更容易，没有标签的类别永远不会被预测。</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Progress of the probe</source>
        <translation>探针的进度</translation>
    </message>
    <message>
        <source>Stop the probe</source>
        <translation>停止探针</translation>
    </message>
    <message>
        <source>Too few labels to say how well: of &quot;%1&quot; there is but one.</source>
        <translation>标签太少，无法说明效果：“%1”只有一个。</translation>
    </message>
    <message>
        <source> It was asked about %L1 of the %L2 points shown: train again for the others.</source>
        <translation> 它只预测了所示 %L2 个点中的 %L1 个：请重新训练以包含其余的。</translation>
    </message>
    <message>
        <source>Cross-validated accuracy %1.</source>
        <translation>交叉验证准确率 %1。</translation>
    </message>
    <message>
        <source> Always naming the most frequent class would get %1.</source>
        <translation> 始终回答最常见的类别可得 %1。</translation>
    </message>
    <message>
        <source>Too few labels of a class to say how well.</source>
        <translation>某类标签太少，无法说明效果。</translation>
    </message>
</context>
<context>
    <name>pretext::LeaveOutDialog</name>
    <message>
        <source>exact copies</source>
        <translation>完全相同的副本</translation>
    </message>
    <message>
        <source>images that look nearly alike</source>
        <translation>几乎相同的图像</translation>
    </message>
    <message>
        <source>images that look nearly alike: look for them first</source>
        <translation>几乎相同的图像：请先查找</translation>
    </message>
    <message>
        <source>images that are too small</source>
        <translation>过小的图像</translation>
    </message>
    <message>
        <source>A corpus without them</source>
        <translation>不含它们的数据集</translation>
    </message>
    <message>
        <source>Name of the corpus without them</source>
        <translation>不含它们的数据集名称</translation>
    </message>
    <message>
        <source>&amp;Make it</source>
        <translation>生成(&amp;M)</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Leave out of &quot;%1&quot;:</source>
        <translation>从“%1”中去除：</translation>
    </message>
    <message>
        <source>&amp;Name of the corpus without them</source>
        <translation>不含它们的数据集名称(&amp;N)</translation>
    </message>
    <message>
        <source>%1 cleaned</source>
        <translation>%1 已清理</translation>
    </message>
    <message numerus="yes">
        <source>%n images are left out.</source>
        <translation>
            <numerusform>去除 %n 张图像。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is a corpus of that name already: choose another.</source>
        <translation>已有同名数据集：请另选名称。</translation>
    </message>
    <message>
        <source>The corpus needs a name.</source>
        <translation>数据集需要名称。</translation>
    </message>
    <message>
        <source>Of a group the largest stays, of equally large ones that with the shortest name.</source>
        <translation>每组保留最大的一张，同样大小时保留名称最短的。</translation>
    </message>
</context>
<context>
    <name>pretext::MainWindow</name>
    <message>
        <source>Pretext — %1</source>
        <translation>Pretext — %1</translation>
    </message>
    <message>
        <source>Corpora</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open a folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>查看(&amp;V)</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>%1: run %2, step %L3 of %L4, %L5 samples/s</source>
        <translation>%1：运行 %2，第 %L3 / %L4 步，%L5 样本/秒</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>，剩余 %1</translation>
    </message>
    <message>
        <source>%1 of run %2: %3 %</source>
        <translation>运行 %2 的%1：%3 %</translation>
    </message>
    <message>
        <source>The engine is idle</source>
        <translation>引擎空闲</translation>
    </message>
    <message numerus="yes">
        <source>; %n in the queue</source>
        <translation>
            <numerusform>；%n 个在排队</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a fi&amp;le…</source>
        <translation>打开文件(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;New run…</source>
        <translation>新建运行(&amp;N)…</translation>
    </message>
    <message>
        <source>F&amp;ind</source>
        <translation>查找(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>查找任意内容(&amp;F)…</translation>
    </message>
    <message>
        <source>Filter &amp;runs</source>
        <translation>筛选运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;This page</source>
        <translation>本页帮助(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Getting started</source>
        <translation>入门(&amp;G)</translation>
    </message>
    <message>
        <source>corpus</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>&amp;Notify when a run ends</source>
        <translation>运行结束时通知(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation>减少动态效果(&amp;R)</translation>
    </message>
    <message>
        <source>What the engine does</source>
        <translation>引擎在做什么</translation>
    </message>
    <message>
        <source>Begin with a folder</source>
        <translation>从一个文件夹开始</translation>
    </message>
    <message>
        <source>Open a folder of images or a file of text: labels are not needed. Or try the sample, which is drawn on this machine and learned from in two minutes.</source>
        <translation>打开一个图像文件夹或一个文本文件：不需要标签。也可以试用示例：它在本机上绘制，两分钟即可学完。</translation>
    </message>
    <message>
        <source>Runs train in the background. They go on when this window is closed, and are there when it opens again.</source>
        <translation>运行在后台训练。关闭窗口后仍会继续，再次打开时仍在这里。</translation>
    </message>
    <message>
        <source>Finding things</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Ctrl+K finds any corpus, run, page or action by its name. F1 shows the keys, Shift+F1 explains the page you are on.</source>
        <translation>Ctrl+K 按名称查找任何数据集、运行、页面或操作。F1 显示快捷键，Shift+F1 说明当前页面。</translation>
    </message>
    <message>
        <source>Open a &amp;workspace…</source>
        <translation>打开工作区(&amp;W)…</translation>
    </message>
    <message>
        <source>Folder of the workspace</source>
        <translation>工作区文件夹</translation>
    </message>
    <message>
        <source>&amp;Recent workspaces</source>
        <translation>最近的工作区(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Tour of the window</source>
        <translation>窗口导览(&amp;T)</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2 %</translation>
    </message>
    <message>
        <source>&amp;Bin…</source>
        <translation>回收站(&amp;B)…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>The places, in the order of the work</source>
        <translation>各个页面，按工作的顺序排列</translation>
    </message>
    <message>
        <source>Start offers samples and other workspaces. Corpora holds your images and texts. Views shows them as training sees them, Runs trains on them, Embeddings shows what was learned, Compare tells which run was best, and why.</source>
        <translation>“开始”提供示例和其他工作区。“数据集”存放您的图像和文本；“视图”显示训练所见的样子；“运行”在其上训练；“嵌入”显示学到了什么；“比较”说明哪次运行最好、为什么。</translation>
    </message>
</context>
<context>
    <name>pretext::MessageLine</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>pretext::MetricChart</name>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>%1, logarithmic scale</source>
        <translation>%1，对数刻度</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <translation>%1，以表格显示</translation>
    </message>
    <message>
        <source>Show the values as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>Values of %1</source>
        <translation>%1 的数值</translation>
    </message>
    <message>
        <source>Drag to zoom in, with Shift to move. Ctrl and the wheel zoom, a double click shows all.</source>
        <translation>拖动以放大，按住 Shift 拖动平移；按住 Ctrl 滚动滚轮缩放，双击显示全部。</translation>
    </message>
</context>
<context>
    <name>pretext::NewRunPanel</name>
    <message>
        <source>&amp;Start run</source>
        <translation>开始运行(&amp;S)</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>&amp;Corpus</source>
        <translation>数据集(&amp;C)</translation>
    </message>
    <message>
        <source>Specification as TOML</source>
        <translation>TOML 规格</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Start run</source>
        <translation>开始运行</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新运行</translation>
    </message>
    <message>
        <source>There is no corpus yet: open a folder on the Corpora page first.</source>
        <translation>还没有数据集：请先在“数据集”页面打开一个文件夹。</translation>
    </message>
    <message>
        <source>No corpus of this kind has labels: &quot;pretext label&quot; attaches some.</source>
        <translation>这类数据集都没有标签：用 pretext label 添加。</translation>
    </message>
    <message>
        <source>Choose the corpus whose labels it learns from.</source>
        <translation>请选择提供标签的数据集。</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Start %n runs</source>
        <translation>
            <numerusform>启动 %n 个运行(&amp;S)</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What a field means is told here while you are in it.</source>
        <translation>光标位于某个字段时，这里会说明其含义。</translation>
    </message>
    <message>
        <source>What the field means</source>
        <translation>字段的含义</translation>
    </message>
    <message>
        <source>Recipe of the views</source>
        <translation>视图配方</translation>
    </message>
    <message>
        <source>Takes up the views that were kept under a name on the Views page</source>
        <translation>采用在“视图”页面以名称保存的视图</translation>
    </message>
    <message>
        <source>R&amp;ecipe</source>
        <translation>配方(&amp;E)</translation>
    </message>
    <message>
        <source>its own, as set under Views</source>
        <translation>自己的，见下方“视图”设置</translation>
    </message>
    <message>
        <source>No objective learns from series yet: choose a corpus of images or text.</source>
        <translation>目前还没有目标能从序列中学习：请选择图像或文本数据集。</translation>
    </message>
</context>
<context>
    <name>pretext::ParallelPlot</name>
    <message>
        <source>Parallel coordinates</source>
        <translation>平行坐标</translation>
    </message>
    <message>
        <source>Tick runs whose settings differ to see what they do</source>
        <translation>勾选设置不同的运行以查看其作用</translation>
    </message>
    <message>
        <source>Drag along an axis to keep the runs that pass there; click it to take that back. Keys: left and right choose an axis, up and down move its brush, with Shift its upper end, with Ctrl its lower one; Delete takes it away, Escape all.</source>
        <translation>沿坐标轴拖动以保留经过该处的运行；单击坐标轴可取消。按键：左右选择坐标轴，上下移动选区，按住 Shift 移动其上端，按住 Ctrl 移动其下端；Delete 取消该选区，Esc 取消全部。</translation>
    </message>
</context>
<context>
    <name>pretext::PointLegend</name>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>My labels</source>
        <translation>我的标签</translation>
    </message>
    <message>
        <source>What the probe predicts</source>
        <translation>探针的预测</translation>
    </message>
    <message>
        <source>How certain the probe is</source>
        <translation>探针的把握</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>簇</translation>
    </message>
    <message>
        <source>Neighbours that agree</source>
        <translation>一致的近邻</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>All clusters</source>
        <translation>所有簇</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>The engine reads the samples…</source>
        <translation>引擎正在读取样本…</translation>
    </message>
    <message>
        <source>Of step %L1: the embeddings are newer.</source>
        <translation>来自第 %L1 步：嵌入更新。</translation>
    </message>
    <message>
        <source>Of the 15 nearest by cosine, how many are of the same cluster.</source>
        <translation>按余弦最近的 15 个样本中，有多少属于同一簇。</translation>
    </message>
    <message>
        <source>Of the 15 nearest by cosine, how many are of the same class. None: look whether the label is right.</source>
        <translation>按余弦最近的 15 个样本中，有多少属于同一类别。若一个也没有，请检查标签是否正确。</translation>
    </message>
    <message>
        <source>The objective&apos;s, of each sample: high is hard.</source>
        <translation>每个样本的目标损失：高表示难。</translation>
    </message>
    <message>
        <source>Choose one to pick it out</source>
        <translation>选择一项以突出显示</translation>
    </message>
</context>
<context>
    <name>pretext::ProjectionBar</name>
    <message>
        <source>Neighbours</source>
        <translation>邻居数</translation>
    </message>
    <message>
        <source>Least distance</source>
        <translation>最小距离</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>&amp;Compute</source>
        <translation>计算(&amp;C)</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>停止(&amp;P)</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>PCA keeps what is far apart; t-SNE and UMAP keep what is near, and distances between their heaps mean little</source>
        <translation>PCA 保留远处的关系；t-SNE 和 UMAP 保留近处的关系，簇与簇之间的距离意义不大</translation>
    </message>
    <message>
        <source>UMAP&apos;s neighbours</source>
        <translation>UMAP 的邻居数</translation>
    </message>
    <message>
        <source>Few show detail, many the whole</source>
        <translation>少则见细节，多则见整体</translation>
    </message>
    <message>
        <source>UMAP&apos;s least distance</source>
        <translation>UMAP 的最小距离</translation>
    </message>
    <message>
        <source>How close points may lie</source>
        <translation>点可以靠得多近</translation>
    </message>
    <message>
        <source>t-SNE&apos;s perplexity</source>
        <translation>t-SNE 的困惑度</translation>
    </message>
    <message>
        <source>About how many neighbours of a point count</source>
        <translation>大约计入每个点的多少个邻居</translation>
    </message>
    <message>
        <source>Compute embeddings</source>
        <translation>计算嵌入</translation>
    </message>
    <message>
        <source>Progress of the projection</source>
        <translation>投影的进度</translation>
    </message>
    <message>
        <source>Stop the projection</source>
        <translation>停止投影</translation>
    </message>
    <message>
        <source>evaluation split</source>
        <translation>评估划分</translation>
    </message>
    <message>
        <source>all samples</source>
        <translation>全部样本</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Which samples are embedded, shown and can be labelled</source>
        <translation>嵌入、显示并可打标签的样本</translation>
    </message>
</context>
<context>
    <name>pretext::QueueButton</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Runs in the queue</source>
        <translation>队列中的运行</translation>
    </message>
    <message>
        <source>Drag, or Ctrl+Up and Ctrl+Down: the first trains next</source>
        <translation>拖动，或按 Ctrl+↑ 和 Ctrl+↓：最上面的接着训练</translation>
    </message>
    <message>
        <source>Queue (%1)</source>
        <translation>队列 (%1)</translation>
    </message>
</context>
<context>
    <name>pretext::RecipeBar</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Kept recipe</source>
        <translation>已保存的配方</translation>
    </message>
    <message>
        <source>a name, to keep this recipe</source>
        <translation>输入名称以保存此配方</translation>
    </message>
    <message>
        <source>Remove the kept recipe</source>
        <translation>移除已保存的配方</translation>
    </message>
    <message>
        <source>&amp;Kept</source>
        <translation>已保存(&amp;K)</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep this recipe</source>
        <translation>保存此配方</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as TOML</source>
        <translation>复制为 TOML</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste TOML</source>
        <translation>粘贴 TOML</translation>
    </message>
    <message>
        <source>recipe %1</source>
        <translation>配方 %1</translation>
    </message>
    <message>
        <source>The clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>pasted recipe</source>
        <translation>粘贴的配方</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Keep changes</source>
        <translation>保存更改</translation>
    </message>
</context>
<context>
    <name>pretext::RecipeEditor</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <source>This corpus has one channel: saturation, hue and grayscale are left out.</source>
        <translation>此数据集为单通道：不使用饱和度、色相和灰度。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>%1 (slider)</source>
        <translation>%1（滑块）</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>预设 %1</translation>
    </message>
    <message>
        <source>reset of %1</source>
        <translation>重置%1</translation>
    </message>
    <message>
        <source>%1, low</source>
        <translation>%1，下限</translation>
    </message>
    <message>
        <source>%1, high</source>
        <translation>%1，上限</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
</context>
<context>
    <name>pretext::Report</name>
    <message>
        <source>%L1 runs compared</source>
        <translation>%L1 个运行的比较</translation>
    </message>
    <message>
        <source>Made by Pretext, %1</source>
        <translation>由 Pretext 生成，%1</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 / %L2</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Nothing: they have the same settings.</source>
        <translation>没有差异：设置相同。</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>%1, %2: %3; macro-F1 %4</source>
        <translation>%1，%2：%3；宏平均 F1 %4</translation>
    </message>
    <message>
        <source>Accuracies</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练后</translation>
    </message>
    <message>
        <source>Untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>Raw pixels, or TF-IDF of text</source>
        <translation>原始像素，或文本的 TF-IDF</translation>
    </message>
    <message>
        <source>On</source>
        <translation>数据划分</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Confusions</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%L1 classes: too many for a table.</source>
        <translation>%L1 个类别：太多，无法列成表格。</translation>
    </message>
    <message>
        <source>true ↓, predicted →</source>
        <translation>真实 ↓，预测 →</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>%1: images, and what its recipe makes of them</source>
        <translation>%1：图像及其配方生成的视图</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>%1: %2 of %L3 samples at step %L4</source>
        <translation>%1：第 %L4 步 %L3 个样本的 %2</translation>
    </message>
    <message>
        <source>, trustworthiness %1</source>
        <translation>，可信度 %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Majority</source>
        <translation>多数类</translation>
    </message>
    <message>
        <source>%1: rows as its training sees them</source>
        <translation>%1：如其训练所见的行</translation>
    </message>
    <message>
        <source>&lt;p&gt;Of %L1 of the documents, lest the report take minutes.&lt;/p&gt;</source>
        <translation>&lt;p&gt;取自其中 %L1 个文档，以免报告耗时数分钟。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>pretext::RunDetails</name>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>已训练</translation>
    </message>
    <message>
        <source>Untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>Raw pixels</source>
        <translation>原始像素</translation>
    </message>
    <message>
        <source>On</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Accuracies</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Confusion matrix of</source>
        <translation>混淆矩阵：</translation>
    </message>
    <message>
        <source>Checkpoints and log</source>
        <translation>检查点与日志</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>step %1, epoch %2: %3, %4
</source>
        <translation>第 %1 步，第 %2 轮：%3，%4
</translation>
    </message>
    <message>
        <source> · step %L1 of %L2</source>
        <translation> · 第 %L1 / %L2 步</translation>
    </message>
    <message>
        <source> · %L1 samples/s</source>
        <translation> · %L1 样本/秒</translation>
    </message>
    <message>
        <source>What it answers</source>
        <translation>它的回答</translation>
    </message>
    <message>
        <source>TF-IDF</source>
        <translation>TF-IDF</translation>
    </message>
    <message>
        <source>Settings and note</source>
        <translation>设置与备注</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Steps or time, logarithmic scale</source>
        <translation>步数或时间，对数刻度</translation>
    </message>
    <message>
        <source>Logarithmic scale of the steps, or the time</source>
        <translation>步数或时间的对数刻度</translation>
    </message>
    <message>
        <source> · no sign of its engine for %1</source>
        <translation> · 引擎已有 %1 没有动静</translation>
    </message>
    <message>
        <source>attempt %1 from step %2, %3: %4</source>
        <translation>第 %1 次尝试，从第 %2 步起，%3：%4</translation>
    </message>
    <message>
        <source> · being evaluated</source>
        <translation> · 正在评估</translation>
    </message>
    <message>
        <source>Nothing is logged yet: curves begin with the first step.</source>
        <translation>尚无记录：曲线从第一步开始。</translation>
    </message>
    <message>
        <source>On %L1 samples; ± is half of the interval of 95 % confidence. Always naming the most frequent class would get %2. Rows: the true class. Columns: what it was taken for.</source>
        <translation>基于 %L1 个样本；± 为 95 % 置信区间的一半。始终回答最常见的类别可得 %2。行：真实类别。列：被判为的类别。</translation>
    </message>
    <message>
        <source> · %1 of training left</source>
        <translation> · 训练剩余 %1</translation>
    </message>
    <message>
        <source>No accuracy yet. It is measured when the run finishes; &quot;Evaluate now&quot; in the menu More measures the newest checkpoint.</source>
        <translation>尚未测量准确率。运行结束后会自动测量；“更多”菜单中的“立即评估”会测量最新的检查点。</translation>
    </message>
</context>
<context>
    <name>pretext::RunNotifier</name>
    <message>
        <source>after %1</source>
        <translation>用时 %1</translation>
    </message>
</context>
<context>
    <name>pretext::RunSettings</name>
    <message>
        <source>&amp;Only what differs from its parent</source>
        <translation>仅显示与父运行不同的设置(&amp;O)</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>Only what differs from its parent</source>
        <translation>仅显示与父运行不同的设置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Parent&apos;s value</source>
        <translation>父运行的值</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What this run is for, and what it showed</source>
        <translation>这次运行的目的与结论</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
</context>
<context>
    <name>pretext::RunTable</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Filter: words, status:finished, loss&lt;0.5, tag:…</source>
        <translation>筛选：词语、status:finished、loss&lt;0.5、tag:…</translation>
    </message>
    <message>
        <source>Filter runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>Terms between blanks, all of which have to hold: a word; column:word; column=value; column&lt;number, also &lt;=, &gt;, &gt;=. A - before a term turns it around. Columns are those of the table, settings such as training.learning_rate, and metrics such as val/mlm_loss.</source>
        <translation>以空格分隔的条件须全部成立：词语；列:词语；列=值；列&lt;数字，也可用 &lt;=、&gt;、&gt;=。条件前加 - 表示相反。列可以是表中的列、training.learning_rate 等设置，或 val/mlm_loss 等指标。</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>By sweep</source>
        <translation>按扫描</translation>
    </message>
    <message>
        <source>By same settings, over seeds</source>
        <translation>按相同设置（跨种子）</translation>
    </message>
    <message>
        <source>By objective</source>
        <translation>按目标</translation>
    </message>
    <message>
        <source>By corpus</source>
        <translation>按数据集</translation>
    </message>
    <message>
        <source>By status</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>By tags</source>
        <translation>按标签</translation>
    </message>
    <message>
        <source>By parent</source>
        <translation>按父运行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>&amp;Metrics</source>
        <translation>指标(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Usual columns</source>
        <translation>常用列(&amp;U)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
</context>
<context>
    <name>pretext::RunTreeModel</name>
    <message>
        <source>In no sweep</source>
        <translation>不属于扫描</translation>
    </message>
    <message>
        <source>Sweep %1</source>
        <translation>扫描 %1</translation>
    </message>
    <message>
        <source>lowest %1</source>
        <translation>最低 %1</translation>
    </message>
    <message>
        <source>%1, best: run %2</source>
        <translation>%1，最佳：运行 %2</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>not starred</source>
        <translation>未加星标</translation>
    </message>
</context>
<context>
    <name>pretext::RunsPage</name>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行</translation>
    </message>
    <message>
        <source>A run pretrains an encoder on a corpus, in the background: closing the window does not stop it.</source>
        <translation>一次运行在后台用数据集预训练一个编码器：关闭窗口不会使它停止。</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新运行…</translation>
    </message>
    <message>
        <source>&amp;New run…</source>
        <translation>新运行(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Fine-tune on labels…</source>
        <translation>用标签微调(&amp;F)…</translation>
    </message>
    <message>
        <source>Fine-tuning of run %1</source>
        <translation>运行 %1 的微调</translation>
    </message>
    <message>
        <source>&amp;Linear probe to keep…</source>
        <translation>保留的线性探针(&amp;L)…</translation>
    </message>
    <message>
        <source>Linear probe on run %1</source>
        <translation>运行 %1 上的线性探针</translation>
    </message>
    <message>
        <source>&amp;Evaluate now (kNN, linear)</source>
        <translation>立即评估（kNN、线性）(&amp;E)</translation>
    </message>
    <message>
        <source>F&amp;ork from its checkpoint…</source>
        <translation>从检查点分叉(&amp;O)…</translation>
    </message>
    <message>
        <source>Fork of run %1</source>
        <translation>运行 %1 的分叉</translation>
    </message>
    <message>
        <source>Extension of run %1</source>
        <translation>运行 %1 的延长</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Run %1 is in the bin.</source>
        <translation>运行 %1 已移入回收站。</translation>
    </message>
    <message>
        <source>E&amp;xtend by as much again…</source>
        <translation>再延长同样的长度(&amp;X)…</translation>
    </message>
    <message>
        <source>&amp;Compare the selected</source>
        <translation>比较所选运行(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Star, or unstar</source>
        <translation>加星或取消星标(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%n runs are in the bin.</source>
        <translation>
            <numerusform>%n 个运行已移入回收站。</numerusform>
        </translation>
    </message>
    <message>
        <source>This run was not started last time: start it, or cancel.</source>
        <translation>上次没有启动这次运行：请启动或取消。</translation>
    </message>
    <message>
        <source>&amp;New run with these settings…</source>
        <translation>以这些设置新建运行(&amp;N)…</translation>
    </message>
    <message>
        <source>The whole run as a zip file</source>
        <translation>将整个运行保存为 zip 文件</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip 文件 (*.zip)</translation>
    </message>
    <message>
        <source>Run %1 is being written to %2…</source>
        <translation>正在将运行 %1 写入 %2…</translation>
    </message>
    <message>
        <source>Run %1 is in %2.</source>
        <translation>运行 %1 已保存到 %2。</translation>
    </message>
    <message>
        <source>Save all of it as a &amp;zip file…</source>
        <translation>全部保存为 zip 文件(&amp;Z)…</translation>
    </message>
    <message>
        <source>Choose a run above to see its curves, accuracies and settings</source>
        <translation>在上方选择一个运行，查看其曲线、准确率和设置</translation>
    </message>
    <message>
        <source>Writes a checkpoint and frees the device</source>
        <translation>写入检查点并释放设备</translation>
    </message>
    <message>
        <source>Ends the run, also one that was interrupted; what it has learned stays</source>
        <translation>结束运行，中断的运行也可结束；已学到的内容保留</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint</source>
        <translation>从最近的检查点继续</translation>
    </message>
    <message>
        <source>Puts it into the bin, from where it can come back</source>
        <translation>放进回收站，可以恢复</translation>
    </message>
    <message>
        <source>Run %1 is in %2, without checkpoints that are missing or damaged: %3.</source>
        <translation>运行 %1 已保存到 %2，缺少或损坏的检查点未包含在内：%3。</translation>
    </message>
</context>
<context>
    <name>pretext::SamplePanel</name>
    <message>
        <source>Chosen sample</source>
        <translation>所选样本</translation>
    </message>
    <message>
        <source>Chosen sample, in words</source>
        <translation>所选样本的文字说明</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>Nearest neighbours, by cosine</source>
        <translation>最近邻（按余弦）</translation>
    </message>
    <message>
        <source>Hover to see a sample, click for its nearest neighbours. The wheel zooms, dragging moves, dragging with Shift draws a lasso.</source>
        <translation>悬停查看样本，单击查看其最近邻。滚轮缩放，拖动平移，按住 Shift 拖动画套索。</translation>
    </message>
    <message>
        <source>First view</source>
        <translation>第一个视图</translation>
    </message>
    <message>
        <source>Second view</source>
        <translation>第二个视图</translation>
    </message>
    <message>
        <source>A view of it as training draws them, by this run&apos;s recipe</source>
        <translation>按此运行的配方、如训练所见的一个视图</translation>
    </message>
</context>
<context>
    <name>pretext::SeriesBrowser</name>
    <message>
        <source>Points a series</source>
        <translation>每条序列的点数</translation>
    </message>
    <message>
        <source>points</source>
        <translation>个点</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>About the series</source>
        <translation>关于该序列</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>At the pointer</source>
        <translation>指针处</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Greatest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>What is ticked is drawn</source>
        <translation>绘制勾选的变量</translation>
    </message>
    <message>
        <source>%1: %L2 points from %3 to %4.</source>
        <translation>%1：%L2 个点，从 %3 到 %4。</translation>
    </message>
</context>
<context>
    <name>pretext::SeriesChart</name>
    <message>
        <source>Curves of the series</source>
        <translation>序列的曲线</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Rows of the series</source>
        <translation>序列的各行</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Series as a table</source>
        <translation>以表格显示序列</translation>
    </message>
    <message>
        <source>Show the values as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>Drag to zoom in, with Shift to move. Ctrl and the wheel zoom, a double click shows all.</source>
        <translation>拖动放大，按住 Shift 拖动平移。Ctrl 加滚轮缩放，双击显示全部。</translation>
    </message>
    <message>
        <source>Reading the series…</source>
        <translation>正在读取序列…</translation>
    </message>
    <message>
        <source>From the first time that the curves show.</source>
        <translation>从曲线所显示的第一个时间开始。</translation>
    </message>
</context>
<context>
    <name>pretext::SeriesIngestPanel</name>
    <message>
        <source>A corpus of that name is there: this becomes a new version of it.</source>
        <translation>已有同名数据集：这将成为它的新版本。</translation>
    </message>
    <message>
        <source>Column of the times</source>
        <translation>时间列</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>As recognised: sub-folders</source>
        <translation>按识别结果：子文件夹</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>&amp;Times in</source>
        <translation>时间列(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n 条序列</numerusform>
        </translation>
    </message>
    <message>
        <source>Times in &quot;%1&quot; (%2). Variables: %3.</source>
        <translation>时间在“%1”列（%2）。变量：%3。</translation>
    </message>
    <message>
        <source>dates in UTC</source>
        <translation>UTC 日期</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Left out, being no numbers: %1.</source>
        <translation>因不是数值而略去：%1。</translation>
    </message>
    <message>
        <source>Below are the first %L1 rows of %2.</source>
        <translation>下面是 %2 的前 %L1 行。</translation>
    </message>
</context>
<context>
    <name>pretext::SeriesRowModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>pretext::SimilarityPlot</name>
    <message>
        <source>Similarity of views</source>
        <translation>视图相似度</translation>
    </message>
    <message>
        <source>Cosine of the two views of each image, and of views of different images</source>
        <translation>同一图像两个视图的余弦，以及不同图像视图的余弦</translation>
    </message>
    <message>
        <source>— views of one image
- - of different ones</source>
        <translation>— 同一图像的视图
- - 不同图像的视图</translation>
    </message>
</context>
<context>
    <name>pretext::SmoothingSlider</name>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Weight of the earlier readings in an exponential moving average; the readings themselves stay behind it, faint.</source>
        <translation>指数移动平均中先前读数的权重；原始读数以淡色留在其后。</translation>
    </message>
    <message>
        <source>Smoot&amp;hing</source>
        <translation>平滑(&amp;H)</translation>
    </message>
</context>
<context>
    <name>pretext::SourcePanel</name>
    <message>
        <source>&amp;Ingest</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>Name of the corpus</source>
        <translation>数据集名称</translation>
    </message>
    <message>
        <source>Ingest</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&lt;b&gt;New corpus&lt;/b&gt; from %1</source>
        <translation>&lt;b&gt;新数据集&lt;/b&gt;，来自 %1</translation>
    </message>
    <message>
        <source>Looking at it…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Disk: about %1 needed, %2 free.</source>
        <translation>磁盘：约需 %1，可用 %2。</translation>
    </message>
    <message>
        <source>Disk: about %1 needed and only %2 free: free some, or take less in.</source>
        <translation>磁盘：约需 %1，而可用空间只有 %2：请腾出空间，或减少导入的内容。</translation>
    </message>
    <message>
        <source>It is called so in runs and commands.</source>
        <translation>在运行和命令中以此名称呼。</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>更新(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Read as</source>
        <translation>读作(&amp;R)</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>读作</translation>
    </message>
    <message>
        <source>images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>series: measurements over time</source>
        <translation>序列：随时间的测量</translation>
    </message>
    <message>
        <source>A corpus of another kind has that name: choose another.</source>
        <translation>已有另一种数据集使用该名称：请另选一个。</translation>
    </message>
</context>
<context>
    <name>pretext::StartPage</name>
    <message>
        <source>Pretext</source>
        <translation>Pretext</translation>
    </message>
    <message>
        <source>&amp;Open a folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Try the sample</source>
        <translation>试用示例(&amp;T)</translation>
    </message>
    <message>
        <source>%1 processor threads, %2 of memory; %3</source>
        <translation>%1 个处理器线程，%2 内存；%3</translation>
    </message>
    <message>
        <source>Learn from images or text without labels: open a folder or a file, tune the views by eye, pretrain, and watch what the encoder learns.</source>
        <translation>无需标签，从图像或文本学习：打开一个文件夹或文件，凭眼睛调整视图，预训练，并观察编码器学到了什么。</translation>
    </message>
    <message>
        <source>Try the sample te&amp;xt</source>
        <translation>试用示例文本(&amp;X)</translation>
    </message>
    <message>
        <source>Open a fi&amp;le…</source>
        <translation>打开文件(&amp;L)…</translation>
    </message>
    <message>
        <source>Recent workspaces</source>
        <translation>最近的工作区</translation>
    </message>
    <message>
        <source>Open the workspace %1</source>
        <translation>打开工作区 %1</translation>
    </message>
</context>
<context>
    <name>pretext::SweepEditor</name>
    <message>
        <source>S&amp;weep: several runs with differing settings</source>
        <translation>扫描：设置不同的多个运行(&amp;W)</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Seeds of each</source>
        <translation>每种组合的种子数</translation>
    </message>
    <message>
        <source>every one</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Combinations</source>
        <translation>组合数</translation>
    </message>
    <message>
        <source>Draws this many combinations at random; then a setting may have a range, such as 0.1..1 or, uniform in its logarithm, 0.001..1:log.</source>
        <translation>随机抽取这么多组合；此时设置可以是范围，如 0.1..1，或在对数上均匀的 0.001..1:log。</translation>
    </message>
    <message>
        <source>&amp;Add a setting</source>
        <translation>添加设置(&amp;A)</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>添加设置</translation>
    </message>
    <message>
        <source>Setting %1</source>
        <translation>设置 %1</translation>
    </message>
    <message>
        <source>its values, e.g. 0.03, 0.06, 0.1</source>
        <translation>取值，如 0.03, 0.06, 0.1</translation>
    </message>
    <message>
        <source>Values of setting %1</source>
        <translation>设置 %1 的取值</translation>
    </message>
    <message>
        <source>Take this setting out of the sweep</source>
        <translation>从扫描中去掉此设置</translation>
    </message>
    <message>
        <source>Remove setting %1</source>
        <translation>去掉设置 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n runs, the first of them: %1</source>
        <translation>
            <numerusform>%n 个运行，第一个：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::SweepView</name>
    <message>
        <source>%1 accuracy</source>
        <translation>%1 准确率</translation>
    </message>
    <message>
        <source>&lt;b&gt;Sweep %1 · %2&lt;/b&gt; · %3 of %4 runs finished</source>
        <translation>&lt;b&gt;扫描 %1 · %2&lt;/b&gt; · %4 个运行中已完成 %3 个</translation>
    </message>
    <message>
        <source>&lt;br&gt;The runs are ranked once one of them is finished.</source>
        <translation>&lt;br&gt;有运行完成后即可排名。</translation>
    </message>
    <message>
        <source>&lt;br&gt;Not ranked: %1 changes what the loss means. With labels, the accuracy of a linear probe would tell.</source>
        <translation>&lt;br&gt;未排名：%1 会改变损失的含义。若有标签，可由线性探针的准确率判断。</translation>
    </message>
    <message>
        <source>&lt;br&gt;Ranked by %1, the best first.</source>
        <translation>&lt;br&gt;按%1排名，最佳者在前。</translation>
    </message>
    <message>
        <source>S&amp;top the sweep</source>
        <translation>停止扫描(&amp;T)</translation>
    </message>
    <message>
        <source>Combinations of the sweep</source>
        <translation>扫描的组合</translation>
    </message>
    <message>
        <source>Stop the sweep</source>
        <translation>停止扫描</translation>
    </message>
    <message>
        <source>Stops its runs, those under way and those that wait</source>
        <translation>停止其全部运行，包括正在进行和等待中的</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>已测</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>De&amp;lete the sweep</source>
        <translation>删除扫描(&amp;L)</translation>
    </message>
    <message>
        <source>Delete the sweep</source>
        <translation>删除扫描</translation>
    </message>
    <message>
        <source>Puts its runs into the bin, once none of them goes on</source>
        <translation>把它的运行放进回收站，须无一仍在进行</translation>
    </message>
    <message>
        <source>Co&amp;mpare its runs</source>
        <translation>比较其运行(&amp;M)</translation>
    </message>
    <message>
        <source>Compare the runs of the sweep</source>
        <translation>比较此扫描的运行</translation>
    </message>
    <message numerus="yes">
        <source> The best and the %n after it lie within one standard deviation over seeds: they cannot be told apart.</source>
        <translation>
            <numerusform> 最好的与其后 %n 组相差不超过种子间一个标准差：无法区分。</numerusform>
        </translation>
    </message>
    <message>
        <source>&lt;br&gt;On average over the other settings: %1.</source>
        <translation>&lt;br&gt;对其他设置取平均：%1。</translation>
    </message>
    <message>
        <source>best: %1</source>
        <translation>最佳：%1</translation>
    </message>
</context>
<context>
    <name>pretext::TextBrowser</name>
    <message>
        <source>Pieces a document</source>
        <translation>每篇文档的词片数</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>词片</translation>
    </message>
    <message>
        <source>Put the cursor into a sentence to see its pieces.</source>
        <translation>把光标放进一个句子，即可看到它的词片。</translation>
    </message>
    <message>
        <source>Search the documents</source>
        <translation>搜索文档</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档列表</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Piece</source>
        <translation>词片</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Pieces of the sentence</source>
        <translation>句子的词片</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Documents: the first %L1</source>
        <translation>文档：前 %L1 篇</translation>
    </message>
    <message>
        <source>Documents: %L1</source>
        <translation>文档：%L1 篇</translation>
    </message>
    <message>
        <source>

… the first megabyte of a longer document.</source>
        <translation>

……较长文档的前 1 MB。</translation>
    </message>
    <message>
        <source>This document has no pieces.</source>
        <translation>此文档没有词片。</translation>
    </message>
    <message>
        <source>Sentence %L1 of %L2: %L3 pieces</source>
        <translation>第 %L1 句，共 %L2 句：%L3 个词片</translation>
    </message>
    <message>
        <source> · class %1</source>
        <translation> · 类别 %1</translation>
    </message>
</context>
<context>
    <name>pretext::TextIngestPanel</name>
    <message>
        <source>Keep &amp;capitals and accents</source>
        <translation>保留大写与重音(&amp;C)</translation>
    </message>
    <message>
        <source>Take out &amp;HTML tags and entities</source>
        <translation>去除 HTML 标签与实体(&amp;H)</translation>
    </message>
    <message>
        <source>A corpus of that name is there: this becomes a new version of it.</source>
        <translation>已有同名数据集：这将成为它的新版本。</translation>
    </message>
    <message>
        <source>First documents</source>
        <translation>前几篇文档</translation>
    </message>
    <message>
        <source>Column of the text</source>
        <translation>文本所在列</translation>
    </message>
    <message>
        <source>Column of the labels</source>
        <translation>标签所在列</translation>
    </message>
    <message>
        <source>A document is</source>
        <translation>一篇文档是</translation>
    </message>
    <message>
        <source>as recognised</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>what blank lines part</source>
        <translation>空行分隔的部分</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>一个文件</translation>
    </message>
    <message>
        <source>a line</source>
        <translation>一行</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source> pieces</source>
        <translation> 个词元</translation>
    </message>
    <message>
        <source>Size of the vocabulary</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>&amp;Text in</source>
        <translation>文本列(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Labels in</source>
        <translation>标签列(&amp;L)</translation>
    </message>
    <message>
        <source>A &amp;document is</source>
        <translation>一篇文档是(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Vocabulary</source>
        <translation>词表(&amp;V)</translation>
    </message>
    <message>
        <source>learned from this text</source>
        <translation>从该文本学习</translation>
    </message>
    <message>
        <source>that of &quot;%1&quot;</source>
        <translation>“%1”的词表</translation>
    </message>
    <message>
        <source>from a file…</source>
        <translation>来自文件…</translation>
    </message>
    <message>
        <source>A vocabulary: vocab.txt or tokenizer.json</source>
        <translation>词表：vocab.txt 或 tokenizer.json</translation>
    </message>
    <message>
        <source>Vocabularies (*.txt *.json);;All files (*)</source>
        <translation>词表 (*.txt *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1, %2. A document is a %3.</source>
        <translation>%1，%2。一篇文档是一个 %3。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>pretext::TextViews</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Step of the epoch</source>
        <translation>该轮的步</translation>
    </message>
    <message>
        <source>Rows as training sees them</source>
        <translation>训练所见的行</translation>
    </message>
    <message>
        <source>&amp;Reshuffle</source>
        <translation>重新抽取(&amp;R)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>This objective learns from images: choose one that learns from text.</source>
        <translation>此目标从图像学习：请选择从文本学习的目标。</translation>
    </message>
    <message>
        <source>Learning from labels reads each document from its start, with nothing changed.</source>
        <translation>从标签学习时，每篇文档从开头读起，不作改动。</translation>
    </message>
    <message>
        <source>The first rows of step %L1 of epoch %L2 for seed %L3: a run with these settings sees them.</source>
        <translation>种子 %L3 下第 %L2 轮第 %L1 步的前几行：采用这些设置的运行会看到它们。</translation>
    </message>
    <message>
        <source> Blue: masked. Orange: replaced at random. Green: kept, to be predicted all the same.</source>
        <translation>蓝色：已掩码。橙色：随机替换。绿色：保留，但同样要预测。</translation>
    </message>
</context>
<context>
    <name>pretext::ThoughtsView</name>
    <message>
        <source>What the model answers</source>
        <translation>模型的回答</translation>
    </message>
    <message>
        <source>What the model puts into blanks of the validation part, as of step %L1. It has never learned from these sentences.</source>
        <translation>第 %L1 步时模型在验证集空缺处填入的内容。它从未学过这些句子。</translation>
    </message>
    <message>
        <source>How the model goes on with sentences of the validation part, as of step %L1. It has never learned from them.</source>
        <translation>第 %L1 步时模型如何续写验证集的句子。它从未学过这些句子。</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>被掩盖的词</translation>
    </message>
    <message>
        <source>The model&apos;s guesses</source>
        <translation>模型的猜测</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>The model goes on</source>
        <translation>模型的续写</translation>
    </message>
</context>
<context>
    <name>pretext::Tour</name>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>What the tour says</source>
        <translation>导览说明</translation>
    </message>
    <message>
        <source>S&amp;kip the tour</source>
        <translation>跳过导览(&amp;K)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
</context>
<context>
    <name>pretext::ViewPictures</name>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
</context>
<context>
    <name>pretext::ViewsPage</name>
    <message>
        <source>Original and its two views</source>
        <translation>原图及其两个视图</translation>
    </message>
    <message>
        <source>Many draws of one image</source>
        <translation>一张图像的多次抽样</translation>
    </message>
    <message>
        <source>One draw of many images</source>
        <translation>多张图像各抽样一次</translation>
    </message>
    <message>
        <source>Picture layout</source>
        <translation>图片布局</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>&amp;Reshuffle</source>
        <translation>重新抽样(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Next images</source>
        <translation>下一批图像(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>锁定(&amp;L)</translation>
    </message>
    <message>
        <source>Recipe beside</source>
        <translation>并排的配方</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>锁定种子</translation>
    </message>
    <message>
        <source>Unlocked, each change of the recipe draws again</source>
        <translation>不锁定时，每次修改配方都会重新抽取</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>The images that training sees at this step of the epoch</source>
        <translation>训练在该轮次这一步所见的图像</translation>
    </message>
    <message>
        <source>&amp;Beside</source>
        <translation>并排(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>种子(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Epoch</source>
        <translation>轮次(&amp;E)</translation>
    </message>
    <message>
        <source>S&amp;tep</source>
        <translation>步(&amp;T)</translation>
    </message>
    <message>
        <source>no other recipe</source>
        <translation>无其他配方</translation>
    </message>
    <message>
        <source>Left the two views of this recipe, right those of %1, of the same images and draws.</source>
        <translation>左侧为此配方的两个视图，右侧为 %1 的视图，图像与抽取相同。</translation>
    </message>
    <message>
        <source>The recipe of last time</source>
        <translation>上次的配方</translation>
    </message>
    <message>
        <source>Ne&amp;w run with this recipe…</source>
        <translation>用此配方新建运行(&amp;W)…</translation>
    </message>
    <message>
        <source>New run with this recipe</source>
        <translation>用此配方新建运行</translation>
    </message>
    <message>
        <source>Nothing to view yet</source>
        <translation>还没有可看的内容</translation>
    </message>
    <message>
        <source>Images and texts of a corpus are shown here as training sees them, while you tune how they are cropped, coloured or masked.</source>
        <translation>数据集的图像和文本在这里如训练所见，您可以调整如何裁剪、变色或遮盖。</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Of %1, the very views of epoch %2 for seed %3: a run with this recipe and seed sees them.</source>
        <translation>%1 在种子 %3、第 %2 轮的视图本身：使用此配方和种子的运行看到的正是它们。</translation>
    </message>
    <message>
        <source>Series have no views yet</source>
        <translation>序列还没有视图</translation>
    </message>
    <message>
        <source>No objective learns from series so far, so there is no recipe to tune. Choose a corpus of images or text, or open one.</source>
        <translation>目前没有目标能从序列中学习，因此没有可调的配方。请选择图像或文本数据集，或打开一个。</translation>
    </message>
</context>
</TS>
