using System.Text.RegularExpressions;

namespace KernelSim.EndToEnd.Tests.Bpftool.Transcripts;

/// <summary>Output without what belongs to the machine that printed it: ids, figures of memory, the order of pins.</summary>
internal static partial class TranscriptText
{
    /// <summary>The ids of the maps that others hold, as the transcript has them.</summary>
    private static readonly (string Name, uint Id)[] s_held = [("h", 285), ("j", 287)];

    /// <summary>What the transcript's maps have and the machine's do not, with the reason.</summary>
    private static readonly (string Linux, string Here, string Reason)[] s_facts =
    [
        ("name lpm  flags 0x1", "name lpm  flags 0x0", "maps have no flags"),
        ("\"name\":\"lpm\",\"flags\":1", "\"name\":\"lpm\",\"flags\":0", "maps have no flags"),
        ("\"name\": \"lpm\",\n        \"flags\": 1", "\"name\": \"lpm\",\n        \"flags\": 0", "maps have no flags"),
        ("averyveryverylo\"", "averyveryverylongname\"", "names have up to 63 bytes, not 15"),
        ("name averyveryverylo ", "name averyveryverylongname ", "names have up to 63 bytes, not 15"),
        ("name pe  flags 0x0\n\tkey 4B  value 4B  max_entries 4 ", "name pe  flags 0x0\n\tkey 0B  value 0B  max_entries 4096 ", "a ring is of pages"),
        (
            "\"name\":\"pe\",\"flags\":0,\"bytes_key\":4,\"bytes_value\":4,\"max_entries\":4,",
            "\"name\":\"pe\",\"flags\":0,\"bytes_key\":0,\"bytes_value\":0,\"max_entries\":4096,",
            "a ring is of pages"),
        (
            "\"name\": \"pe\",\n        \"flags\": 0,\n        \"bytes_key\": 4,\n        \"bytes_value\": 4,\n        \"max_entries\": 4,",
            "\"name\": \"pe\",\n        \"flags\": 0,\n        \"bytes_key\": 0,\n        \"bytes_value\": 0,\n        \"max_entries\": 4096,",
            "a ring is of pages"),
    ];

    /// <summary>The transcript's output as the machine would have printed it.</summary>
    /// <param name="printed">What the command printed.</param>
    /// <param name="idOf">The machine's id of a map.</param>
    public static ToolRun OfTranscript(ToolRun printed, Func<string, uint> idOf)
    {
        string output = s_facts.Aggregate(printed.Output, (text, fact) => text.Replace(fact.Linux, fact.Here, StringComparison.Ordinal));
        foreach ((string name, uint id) in s_held)
        {
            output = output.Replace(Plain(id), Plain(idOf(name)), StringComparison.Ordinal)
                .Replace(Json(id), Json(idOf(name)), StringComparison.Ordinal);
        }

        return Neutral(printed with { Output = output });
    }

    /// <summary>Output without ids and figures.</summary>
    public static ToolRun Neutral(ToolRun printed)
    {
        string output = PinnedLines().Replace(printed.Output, m => string.Concat(m.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal)
            .Select(l => l + "\n")));
        output = PinnedArray().Replace(output, m => string.Join(',', m.Value.Split(',').Order(StringComparer.Ordinal)));
        output = JsonId().Replace(JsonMemory().Replace(Memory().Replace(output, "memlock"), "\"bytes_memlock\""), "\"id\"");
        return printed with { Output = Id().Replace(output, "ID: ") };
    }

    /// <summary>Output whose elements are in no order.</summary>
    public static ToolRun Unordered(ToolRun printed)
    {
        string[] elements = printed.Output.Replace("},{", "}\n{", StringComparison.Ordinal).Trim('[', ']', '\n').Split('\n');
        return printed with { Output = string.Join('\n', elements.Order(StringComparer.Ordinal)) };
    }

    private static string Plain(uint id) => $"value: {string.Join(' ', BitConverter.GetBytes(id).Select(b => $"{b:x2}"))}";

    private static string Json(uint id) => $"\"value\":[{string.Join(',', BitConverter.GetBytes(id).Select(b => $"\"0x{b:x2}\""))}]";

    [GeneratedRegex(@"(\tpinned .*\n)+")]
    private static partial Regex PinnedLines();

    [GeneratedRegex("(?<=\"pinned\": ?\\[)\"[^\\]]*\"")]
    private static partial Regex PinnedArray();

    [GeneratedRegex("memlock [0-9]+B")]
    private static partial Regex Memory();

    [GeneratedRegex("\"bytes_memlock\": ?[0-9]+")]
    private static partial Regex JsonMemory();

    [GeneratedRegex("\"id\": ?[0-9]+")]
    private static partial Regex JsonId();

    [GeneratedRegex("^[0-9]+: ", RegexOptions.Multiline)]
    private static partial Regex Id();
}
