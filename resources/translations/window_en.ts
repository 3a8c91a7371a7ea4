<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Verdict</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::BinDialog</name>
    <message numerus="yes">
        <source>Delete %n of these for good, with files of %1? There is no undo.</source>
        <translation>
            <numerusform>Delete this one for good, with files of %1? There is no undo.</numerusform>
            <numerusform>Delete %n of these for good, with files of %1? There is no undo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::CompareSettings</name>
    <message numerus="yes">
        <source>s.d. is the standard deviation over %n seeds.</source>
        <translation>
            <numerusform>s.d. is the standard deviation over %n seed.</numerusform>
            <numerusform>s.d. is the standard deviation over %n seeds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::ConfusionMatrix</name>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::CostLine</name>
    <message numerus="yes">
        <source>Each of the %n runs: </source>
        <translation>
            <numerusform>The one run: </numerusform>
            <numerusform>Each of the %n runs: </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::ImageChecksDialog</name>
    <message numerus="yes">
        <source>%n groups of exact copies. Copies are always in the same part: none is in training and test at once.</source>
        <translation>
            <numerusform>%n group of exact copies. Copies are always in the same part: none is in training and test at once.</numerusform>
            <numerusform>%n groups of exact copies. Copies are always in the same part: none is in training and test at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images have a side below half of the %1 px that views have by default: they are enlarged more than twofold, and look blurred.</source>
        <translation>
            <numerusform>%n image has a side below half of the %1 px that views have by default: it is enlarged more than twofold, and looks blurred.</numerusform>
            <numerusform>%n images have a side below half of the %1 px that views have by default: they are enlarged more than twofold, and look blurred.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups of images that look nearly alike: saved again, resized, or shots of one scene. They may stand in different parts; the first of each group is what the others resemble.</source>
        <translation>
            <numerusform>%n group of images that look nearly alike: saved again, resized, or shots of one scene. They may stand in different parts; the first of the group is what the others resemble.</numerusform>
            <numerusform>%n groups of images that look nearly alike: saved again, resized, or shots of one scene. They may stand in different parts; the first of each group is what the others resemble.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::LeaveOutDialog</name>
    <message numerus="yes">
        <source>%n images are left out.</source>
        <translation>
            <numerusform>%n image is left out.</numerusform>
            <numerusform>%n images are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::MainWindow</name>
    <message numerus="yes">
        <source>; %n in the queue</source>
        <translation>
            <numerusform>; %n in the queue</numerusform>
            <numerusform>; %n in the queue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::NewRunPanel</name>
    <message numerus="yes">
        <source>&amp;Start %n runs</source>
        <translation>
            <numerusform>&amp;Start %n run</numerusform>
            <numerusform>&amp;Start %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::RunsPage</name>
    <message numerus="yes">
        <source>%n runs are in the bin.</source>
        <translation>
            <numerusform>%n run is in the bin.</numerusform>
            <numerusform>%n runs are in the bin.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::SeriesIngestPanel</name>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n series</numerusform>
            <numerusform>%n series</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::SweepEditor</name>
    <message numerus="yes">
        <source>%n runs, the first of them: %1</source>
        <translation>
            <numerusform>%n run: %1</numerusform>
            <numerusform>%n runs, the first of them: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pretext::SweepView</name>
    <message numerus="yes">
        <source> The best and the %n after it lie within one standard deviation over seeds: they cannot be told apart.</source>
        <translation>
            <numerusform> The best and the one after it lie within one standard deviation over seeds: they cannot be told apart.</numerusform>
            <numerusform> The best and the %n after it lie within one standard deviation over seeds: they cannot be told apart.</numerusform>
        </translation>
    </message>
</context>
</TS>
