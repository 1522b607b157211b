using KernelSim.LabScripts.Abi.Rules;

namespace KernelSim.LabScripts.Abi;

/// <summary>
/// The rules by which Linux and eBPF for Windows differ, as far as a script can reach them, one row each. Those that refuse are asked in this
/// order, which is Linux's.
/// </summary>
internal static class AbiRuleTable
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<AbiRule> All { get; } =
    [
        new CreateTypeRule(),
        new CreateNameRule(),
        new CreateFlagsRule(),
        new CreateSizesRule(),
        new CreateLimitsRule(),
        new CreateInnerRule(),
        new AccessRule(),
        new AddressRule(),
        new RingRule(),
        new TakeRule(),
        new ObjectFlagsRule(),
        new ArrayFlagsRule(),
        new ArrayIndexRule(),
        new ArrayNoExistRule(),
        new ArrayDeleteRule(),
        new ObjectDeleteRule(),
        new ObjectDescriptorRule(),
        new InnerSizeRule(),
        new QueueNoExistRule(),
        new QueueNextKeyRule(),
        new LongPrefixRule(),
        new HashFullRule(),
        new TrieFullRule(),
        new QueueFullRule(),
        new HelperNoExistRule(),
        new HelperMapRule(),
        new WalkRestartRule(),
        new TrieRestartRule(),
        new HashOrderRule(),
        new TrieOrderRule(),
        new BatchTypesRule(),
        new BatchOptionsRule(),
        new BatchElemFlagsRule(),
        new BatchFlagsRule(),
        new BatchEmptyRule(),
        new BatchCountRule(),
        new BatchPartialRule(),
        new BatchEndRule(),
        new BatchCursorRule(),
        new BatchBucketRule(),
        new WindowsCallRule(),
        new ErrnoRule(),
    ];

    /// <summary>The row of a rule.</summary>
    public static AbiRule Of<TRule>()
        where TRule : AbiRule => All.OfType<TRule>().First();
}
