namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>Which helpers Linux's verifier accepts on which maps: <c>check_map_func_compatibility</c>.</summary>
internal static class HelperMaps
{
    private static readonly Dictionary<string, Predicate<LinuxMap>> s_accepts = new()
    {
        ["helper_map_lookup_elem"] = HoldsValues,
        ["helper_map_update_elem"] = HoldsValues,
        ["helper_map_delete_elem"] = HoldsValues,
        ["helper_map_lookup_inner"] = map => map.Type.HoldsMaps,
        ["helper_map_push_elem"] = map => map.Family == LinuxMapFamily.Queue,
        ["helper_map_pop_elem"] = map => map.Family == LinuxMapFamily.Queue,
        ["helper_map_peek_elem"] = map => map.Family == LinuxMapFamily.Queue,
        ["helper_ringbuf_output"] = map => map.Family == LinuxMapFamily.Ring,
        ["helper_perf_event_output"] = map => map.Family == LinuxMapFamily.Ring,
    };

    /// <summary>Whether a program may call a helper, by its op, on a map.</summary>
    public static bool Accept(string op, LinuxMap map) => !s_accepts.TryGetValue(op, out Predicate<LinuxMap>? accepts) || accepts(map);

    private static bool HoldsValues(LinuxMap map) =>
        !map.Type.HoldsMaps && map.Family is LinuxMapFamily.Hash or LinuxMapFamily.Array or LinuxMapFamily.Trie;
}
