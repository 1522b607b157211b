namespace KernelSim.Bytecode.Tests;

/// <summary>A line of bpf_conformance.tsv: a program, the memory that R1 points to, and the R0 that is right.</summary>
internal sealed record ConformanceCase(string Name, byte[] Memory, ulong Result, byte[] Program)
{
    public static IReadOnlyList<ConformanceCase> All { get; } = [.. Read()];

    private static IEnumerable<ConformanceCase> Read()
    {
        using Stream stream = typeof(ConformanceCase).Assembly.GetManifestResourceStream("bpf_conformance.tsv")!;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] cells = line.Split('\t');
                yield return new(cells[0], Convert.FromHexString(cells[1]), Convert.ToUInt64(cells[2], 16), Convert.FromHexString(cells[3]));
            }
        }
    }
}
