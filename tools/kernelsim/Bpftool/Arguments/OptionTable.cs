namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>bpftool's options, one row each. Those that a Windows kernel has no use for are taken and ignored.</summary>
internal static class OptionTable
{
    /// <summary>One row for each option.</summary>
    public static IReadOnlyList<OptionRow> All { get; } =
    [
        new('j', "json", o => o.Json = true),
        new('h', "help", o => o.WantsHelp = true),
        new('p', "pretty", o => (o.Json, o.Pretty) = (true, true)),
        new('V', "version", o => o.WantsVersion = true),
        new('f', "bpffs", o => o.ShowsPins = true),
        new('m', "mapcompat", _ => { }),
        new('n', "nomount", _ => { }),
        new('d', "debug", o => o.IsVerbose = true),
        new('L', "use-loader", _ => { }),
        new('l', "legacy", _ => { }),
        new('B', "base-btf", _ => { }) { TakesValue = true },
    ];
}

/// <summary>An option.</summary>
/// <param name="Letter">After a dash; several can share one.</param>
/// <param name="Name">After two dashes; a part of it that is no other's beginning will do.</param>
/// <param name="Set">Sets it.</param>
internal sealed record OptionRow(char Letter, string Name, Action<BpftoolOptions> Set)
{
    /// <summary>Whether a value follows, which is ignored.</summary>
    public bool TakesValue { get; init; }
}
