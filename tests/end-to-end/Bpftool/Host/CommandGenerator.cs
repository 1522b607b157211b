namespace KernelSim.EndToEnd.Tests.Bpftool.Host;

/// <summary>Makes random commands on a map, most of which make sense.</summary>
/// <param name="kind">The type and the sizes of the map that the commands are about.</param>
/// <param name="path">Where it is pinned.</param>
/// <param name="random">The source of chance.</param>
internal sealed class CommandGenerator(MapKind kind, string path, Random random)
{
    private static readonly string[] s_flags = ["", " any", " exist", " noexist"];
    private static readonly string[] s_formats = ["", "-j ", "-p "];
    private static readonly string[] s_wrong = [" 300x", " frob", " value 1", " key 1 0", " any any"];

    private string Map => $"pinned {path}";

    /// <summary>The next command.</summary>
    public string Next()
    {
        string format = s_formats[random.Next(s_formats.Length)];
        Func<string>[] makers = kind.IsKeyless
            ? [Push, Push, Pop, Peek, Show]
            : [Update, Update, Update, Lookup, Lookup, Delete, Dump, GetNext, Show];
        string command = makers[random.Next(makers.Length)]();
        string wrong = random.Next(12) == 0 ? s_wrong[random.Next(s_wrong.Length)] : "";
        bool unordered = kind.IsUnordered && command.StartsWith("map dump", StringComparison.Ordinal);
        return (unordered && format == "-p " ? "-j " : format) + command + wrong;
    }

    private string Update() => $"map update {Map} key {Key()} value {Bytes(kind.ValueSize)}{Flag()}";

    private string Lookup() => $"map lookup {Map} key {Key()}";

    private string Delete() => kind.KeepsElements ? Lookup() : $"map delete {Map} key {Key()}";

    private string Dump() => $"map dump {Map}";

    private string GetNext() =>
        kind.IsUnordered ? Lookup() : random.Next(3) == 0 ? $"map getnext {Map}" : $"map getnext {Map} key {kind.Key(random.Next(MapKind.Keys))}";

    private string Show() => $"map show {Map}";

    private string Push() => $"map {(random.Next(2) == 0 ? "push" : "enqueue")} {Map} value {Bytes(kind.ValueSize)}";

    private string Pop() => $"map {(random.Next(2) == 0 ? "pop" : "dequeue")} {Map}";

    private string Peek() => $"map peek {Map}";

    /// <summary>NOEXIST is left out of arrays, where Windows ignores it.</summary>
    private string Flag() => s_flags[random.Next(kind.KeepsElements ? 3 : 4)];

    /// <summary>One of fewer keys than the map has room for; of an array, also one beyond its end.</summary>
    private string Key() => kind.Key(random.Next(MapKind.Keys + (kind.KeepsElements ? 3 : 0)));

    private string Bytes(int count)
    {
        bool hex = random.Next(4) == 0;
        IEnumerable<string> bytes = Enumerable.Range(0, count)
            .Select(_ => random.Next(256))
            .Select(b => hex ? $"{b:x}" : random.Next(2) == 0 ? $"{b}" : $"0x{b:x2}");
        return (hex ? "hex " : "") + string.Join(' ', bytes);
    }
}
