using System.Text.RegularExpressions;
using KernelSim.Protocol;

namespace KernelSim.Playground.Tests.Results;

/// <summary>Scripts that say what the machine does: those of the page on lab scripts, and some that go where sizes and pointers matter.</summary>
internal static partial class ScriptCorpus
{
    /// <summary>The scripts by what they are about.</summary>
    public static IReadOnlyList<(string Name, string Script)> All { get; } =
    [
        .. Documented(),
        ("an overrun under a guarded heap", """
            {"op":"map_create","as":"m","type":"percpu_hash","name":"m","key_size":4,"value_size":8,"max_entries":8}
            {"op":"map_update_elem","fd":"m","key":"01000000","value":"01"}
            {"op":"map_lookup_elem","fd":"m","key":"01000000"}
            """),
        ("sizes that 32 bits do not hold", """
            {"op":"map_create","as":"a","type":"array","name":"a","key_size":4,"value_size":65536,"max_entries":65536}
            {"op":"map_create","as":"b","type":"array","name":"b","key_size":4,"value_size":4294967288,"max_entries":1}
            {"op":"map_create","as":"c","type":"percpu_array","name":"c","key_size":4,"value_size":1073741824,"max_entries":4}
            {"op":"map_create","as":"d","type":"queue","name":"d","key_size":0,"value_size":4294967295,"max_entries":4294967295}
            {"op":"map_create","as":"e","type":"hash","name":"e","key_size":4,"value_size":4,"max_entries":4294967295}
            {"op":"map_create","as":"f","type":"prog_array","name":"f","key_size":4,"value_size":4,"max_entries":1073741824}
            """),
        ("a program in C", ProgramInC()),
        .. EveryType(),
    ];

    /// <summary>A counter of packets, compiled from C, which counts one on the second CPU.</summary>
    private static string ProgramInC()
    {
        string contents = Convert.ToHexStringLower(File.ReadAllBytes(Repository.PathOf("samples", "c", "counter.o")));
        const string Packet = "ffffffffffff0000000000000800450000200000000040110000c0a80001c0a8000204d200350008000000";
        return $$"""
            {"op":"object_load","as":"o","file":"counter.o","contents":"{{contents}}","execution":"interpreter"}
            {"op":"prog_test_run","fd":"o.count_packets","data":"{{Packet}}","repeat":3,"cpu":1}
            {"op":"map_lookup_elem","fd":"o.stats","key":"35000000"}
            {"op":"object_close","object":"o"}
            """;
    }

    /// <summary>The calls of each block of code: results stand between them.</summary>
    private static IEnumerable<(string, string)> Documented()
    {
        int number = 0;
        foreach (Match block in CodeBlock().Matches(File.ReadAllText(Repository.PathOf("docs", "lab-scripts.md"))))
        {
            string[] calls = [.. block.Groups["code"].Value.Split('\n').Where(l => IsCall().IsMatch(l))];
            if (calls.Length > 0)
            {
                yield return ($"lab-scripts.md, script {++number}", string.Join('\n', calls));
            }
        }
    }

    /// <summary>Create, write, read and walk: what a type does not have, it refuses, and that is compared too.</summary>
    private static IEnumerable<(string, string)> EveryType()
    {
        foreach (string type in BpfMapTypeNames.All)
        {
            yield return (type, $$"""
                {"op":"map_create","as":"m","type":"{{type}}","name":"m","key_size":4,"value_size":12,"max_entries":8}
                {"op":"map_update_elem","fd":"m","key":"01000000","value":"000102030405060708090a0b"}
                {"op":"map_lookup_elem","fd":"m","key":"01000000"}
                {"op":"map_get_next_key","fd":"m","key":null}
                {"op":"map_update_batch","fd":"m","keys":"0200000003000000","values":"000102030405060708090a0b0c0d0e0f1011121314151617"}
                {"op":"map_lookup_batch","fd":"m","count":8}
                {"op":"map_delete_elem","fd":"m","key":"02000000"}
                {"op":"map_lookup_and_delete_elem","fd":"m","key":"03000000"}
                {"op":"obj_get_info_by_fd","fd":"m"}
                {"op":"close","fd":"m"}
                """);
        }
    }

    [GeneratedRegex("""^\{("id":[^,]*,)?"op":""")]
    private static partial Regex IsCall();

    [GeneratedRegex("```\\w*\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
