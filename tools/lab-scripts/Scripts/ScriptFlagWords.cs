using KernelSim.Protocol;

namespace KernelSim.LabScripts;

/// <summary>The values of fields that are flags or options, in words.</summary>
internal static class ScriptFlagWords
{
    private static readonly ScriptFlag[] s_update =
    [
        new((ulong)EbpfMapOption.Any, "BPF_ANY", "Any key."),
        new((ulong)EbpfMapOption.NoExist, "BPF_NOEXIST", "A new key only."),
        new((ulong)EbpfMapOption.Exist, "BPF_EXIST", "An existing key only."),
    ];

    private static readonly Dictionary<string, IReadOnlyList<ScriptFlag>> s_flags = new()
    {
        ["map_update_elem.flags"] = s_update,
        ["map_update_batch.elem_flags"] = s_update,
        ["helper_map_update_elem.flags"] = s_update,
        ["helper_map_push_elem.flags"] =
        [
            new((ulong)EbpfMapOption.Any, "BPF_ANY", "A full map refuses the value."),
            new((ulong)EbpfMapOption.Exist, "BPF_EXIST", "A full map drops its oldest value."),
        ],
        ["helper_perf_event_output.flags"] = [new(uint.MaxValue, "BPF_F_CURRENT_CPU", "The ring of the processor that the program runs on.")],
        ["xdp_attach.flags"] = [new(1, "XDP_FLAGS_REPLACE", "Replaces the attached program.")],
    };

    /// <summary>The named values of a field, 0 first where it has a name; empty for a field without any.</summary>
    public static IReadOnlyList<ScriptFlag> Of(ScriptOp op, ScriptField field) => s_flags.GetValueOrDefault($"{op.Name}.{field.Name}") ?? [];
}

/// <summary>A named value of a field.</summary>
/// <param name="Value">The number that a line has.</param>
/// <param name="Name">Its name in C.</param>
/// <param name="Means">What it asks for, in a sentence.</param>
internal sealed record ScriptFlag(ulong Value, string Name, string Means);
