using System.Text.Json;
using static KernelSim.EndToEnd.Tests.Script.LabScript;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>Every way to pad a slot to 8 bytes, through single and batch calls and the helpers.</summary>
public sealed class PaddingTests
{
    private static readonly int[] s_cpus = [1, 3, 64];

    public static TheoryData<int, int> SizesAndCpus => new(
        from size in Enumerable.Range(1, 17)
        from cpus in s_cpus
        select (size, cpus));

    [Theory]
    [MemberData(nameof(SizesAndCpus))]
    public void A_value_of_any_size_takes_a_padded_slot_for_each_cpu(int size, int cpus)
    {
        int slot = (size + 7) / 8 * 8;
        int total = slot * cpus;
        string value = Pattern(total);
        string seenByTheLast = value.Substring((cpus - 1) * slot * 2, size * 2);
        IReadOnlyList<JsonElement> results = Results(
        [
            $$"""{"op":"map_create","as":"m","type":"percpu_hash","name":"p","key_size":4,"value_size":{{size}},"max_entries":4}""",
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{value[2..]}}"}""",
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{value}}"}""",
            $$"""{"op":"map_lookup_elem","fd":"m","key":"{{Key(1)}}"}""",
            """{"op":"map_lookup_batch","fd":"m","count":1}""",
            $$"""{"op":"map_lookup_batch","fd":"m","count":1,"values_size":{{total - 1}}}""",
            $$"""{"op":"helper_map_lookup_elem","cpu":{{cpus - 1}},"fd":"m","key":"{{Key(1)}}"}""",
        ], "--cpus", $"{cpus}");

        Answers($$"""{"ret":-22,"errno":"EINVAL","check":"api.update.value_size","given":{{total - 1}},"expected":{{total}}}""", results[1]);
        Answers("""{"ret":0}""", results[2]);
        Answers($$"""{"ret":0,"value":"{{value}}"}""", results[3]);
        Answers($$"""{"ret":0,"count":1,"keys":"{{Key(1)}}","values":"{{value}}"}""", results[4]);
        Answers(
            $$"""{"ret":-22,"errno":"EINVAL","check":"api.lookup_batch.values_size","given":{{total - 1}},"expected":{{total}},"count":0}""",
            results[5]);
        Answers($$"""{"ret":0,"value":"{{seenByTheLast}}"}""", results[6]);
    }

    /// <summary>Bytes that differ from their neighbours, in the padding too: it travels as it is.</summary>
    private static string Pattern(int bytes) => Convert.ToHexStringLower([.. Enumerable.Range(0, bytes).Select(i => (byte)(i + 1))]);
}
