using System.CommandLine;

namespace KernelSim.Tool.Bpftool;

/// <summary>An option that KernelSim adds to a command of bpftool's.</summary>
/// <param name="Name">The option with its dashes.</param>
/// <param name="Description">What it does.</param>
/// <param name="Value">What its value is called; null for none.</param>
internal sealed record OptionOfVerb(string Name, string Description, string? Value = null)
{
    /// <summary>The types of keys and values.</summary>
    public static IReadOnlyList<OptionOfVerb> Types { get; } =
    [
        new("--key", "Print keys by this type, written as in C: 'u32 pid'.", "TYPE"),
        new("--value", "Print values by this type: 'struct { u64 packets; u64 bytes; }'.", "TYPE"),
    ];

    /// <summary>The options of a dump.</summary>
    public static IReadOnlyList<OptionOfVerb> OfDump { get; } =
    [
        .. Types,
        new("--sum", "Add the values of all CPUs."),
        new("--layout", "Show the bytes of each part of an element, with its padding."),
    ];

    /// <summary>The option as the tool's parser has it.</summary>
    public Option Build() => Value is null
        ? new Option<bool>(Name) { Description = Description }
        : new Option<string>(Name) { Description = Description, HelpName = Value };
}
