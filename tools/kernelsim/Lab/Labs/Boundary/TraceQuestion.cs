using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>A script of some calls, one of which is refused, to be read as a trace.</summary>
internal sealed class TraceQuestion
{
    /// <summary>Name of the script in the lab's folder.</summary>
    public const string ScriptFile = "trace.jsonl";

    /// <summary>Calls that the library or the kernel refuses, on a map of key size 4.</summary>
    private static readonly IReadOnlyList<Func<int, string>> s_refused =
    [
        bytes => $"{{\"op\":\"map_update_elem\",\"fd\":\"m\",\"key\":\"01000000\",\"value\":\"{new string('0', 2 * (bytes - 1))}\"}}",
        bytes => $"{{\"op\":\"map_lookup_batch\",\"fd\":\"m\",\"count\":4,\"values_size\":{(4 * bytes) - 8}}}",
        _ => "{\"op\":\"map_delete_batch\",\"fd\":\"m\",\"keys\":\"01000000\",\"count\":2}",
        _ => "{\"op\":\"map_delete_batch\",\"fd\":\"m\",\"keys\":\"01000000\",\"count\":1,\"flags\":1}",
        bytes => $"{{\"op\":\"map_update_elem\",\"fd\":\"m\",\"key\":\"01000000\",\"value\":\"{new string('0', 2 * bytes)}\",\"flags\":4}}",
        _ => "{\"op\":\"gate_ioctl\",\"message\":\"0800000005000000\",\"reply_size\":16}",
        _ => "{\"op\":\"gate_ioctl\",\"message\":\"08000000ff000000\",\"reply_size\":16}",
    ];

    /// <summary>Draws the script of a seed.</summary>
    public TraceQuestion(ulong seed)
    {
        LabSeed draw = new(seed, "boundary/trace");
        bool isPerCpu = draw.Number(0, 1) == 1;
        int valueSize = draw.Number(5, 24);
        Cpus = draw.Number(2, 12);
        int bytes = isPerCpu ? (int)PerCpuLayout.Pad8((uint)valueSize) * Cpus : valueSize;
        int count = draw.Number(3, 9);
        ElementSet elements = new(seed, count, 4, bytes);
        string type = isPerCpu ? "percpu_hash" : "hash";
        List<string> calls =
        [
            $"# Watch it with: kernelsim trace tail -- kernelsim script {ScriptFile} --cpus {Cpus}",
            $"{{\"op\":\"map_create\",\"as\":\"m\",\"type\":\"{type}\",\"name\":\"mystery\",\"key_size\":4,\"value_size\":{valueSize},"
                + "\"max_entries\":64}",
            $"{{\"op\":\"map_update_batch\",\"fd\":\"m\",\"keys\":\"{All(count, elements.Key)}\",\"values\":\"{All(count, elements.Value)}\","
                + $"\"count\":{count}}}",
            .. Enumerable.Range(0, draw.Number(1, 3)).Select(i =>
                $"{{\"op\":\"map_update_elem\",\"fd\":\"m\",\"key\":\"{Hex.Of(elements.Key(count + i))}\","
                + $"\"value\":\"{Hex.Of(elements.Value(count + i))}\"}}"),
            $"{{\"op\":\"map_lookup_batch\",\"fd\":\"m\",\"count\":{draw.Number(2, count)}}}",
            $"{{\"op\":\"map_delete_elem\",\"fd\":\"m\",\"key\":\"{Hex.Of(elements.Key(0))}\"}}",
        ];
        calls.Insert(draw.Number(3, calls.Count), draw.OneOf(s_refused)(bytes));
        Lines = calls;
    }

    /// <summary>Processors of the machine that it is run on.</summary>
    public int Cpus { get; }

    /// <summary>The script: a comment that says how to watch it, and then a call on every line.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The machine and the script.</summary>
    public ScriptInput Input => new(Lines) { Cpus = Cpus };

    private static string All(int count, Func<int, byte[]> bytes) => string.Concat(Enumerable.Range(0, count).Select(i => Hex.Of(bytes(i))));
}
