using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>The object file of the counter in C, which the tool carries with it.</summary>
internal static class CounterObject
{
    /// <summary>Its source, from the repository's root.</summary>
    public const string Source = "samples/c/counter.c";

    private const string Resource = "KernelSim.Tool.Tour.counter.o";

    /// <summary>The file.</summary>
    public static byte[] Bytes { get; } = Load();

    /// <summary>What it has.</summary>
    public static BpfObjectFile File { get; } = Read();

    private static byte[] Load()
    {
        using Stream stream = typeof(CounterObject).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the tool has no resource {Resource}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static BpfObjectFile Read() => BpfObjectFile.TryRead(Bytes, "counter.o", out BpfObjectFile? file, out ObjectProblem? problem)
        ? file
        : throw new InvalidOperationException(problem.Text);
}
