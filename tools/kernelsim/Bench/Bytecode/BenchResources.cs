namespace KernelSim.Tool.Bench.Bytecode;

/// <summary>The files of programs that the tool carries with it.</summary>
internal static class BenchResources
{
    /// <summary>A whole file, by its name without a folder.</summary>
    public static byte[] Read(string file)
    {
        using Stream stream = typeof(BenchResources).Assembly.GetManifestResourceStream($"KernelSim.Tool.Bench.{file}")
            ?? throw new InvalidOperationException($"the tool has no file {file}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
