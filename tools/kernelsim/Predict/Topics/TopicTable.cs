namespace KernelSim.Tool.Predict.Topics;

/// <summary>All kinds of questions, from the first session of a course to the last.</summary>
internal static class TopicTable
{
    /// <summary>One row per kind.</summary>
    public static IReadOnlyList<ITopic> All { get; } =
    [
        new ReturnValueTopic(),
        new DescriptorTopic(),
        new ValueBytesTopic(),
        new CpuSlotTopic(),
        new ValuesOffsetTopic(),
        new BatchIoctlsTopic(),
        new CopiedBytesTopic(),
        new MessageLengthTopic(),
        new FirstCheckTopic(),
        new WrongSizeTopic(),
        new BatchCountTopic(),
        new BatchCursorTopic(),
        new QueueOrderTopic(),
        new LruEvictionTopic(),
        new LpmMatchTopic(),
        new RingPositionTopic(),
        new DeviceStatusTopic(),
        new ProgramResultTopic(),
    ];

    /// <summary>The kind with a name; null if there is none.</summary>
    public static ITopic? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
