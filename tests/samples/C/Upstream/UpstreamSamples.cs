using KernelSim.ObjectFiles;

namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>Upstream's samples, compiled once.</summary>
public sealed class UpstreamSamples : IDisposable
{
    private readonly TempFolder? _folder;

    public UpstreamSamples()
    {
        if (UpstreamCheckout.WhyUnavailable is null)
        {
            _folder = new TempFolder();
            Objects =
            [
                .. UpstreamCheckout.Sources.Select(s => UpstreamCheckout.Compile(s, _folder.Path, UpstreamCheckout.Headers)),
                .. UpstreamCheckout.Objects,
            ];
        }
    }

    /// <summary>The objects. Empty where there is no checkout.</summary>
    public IReadOnlyList<string> Objects { get; } = [];

    /// <summary>Skips the test where there is no checkout.</summary>
    public static void Require() => Assert.SkipWhen(UpstreamCheckout.WhyUnavailable is not null, UpstreamCheckout.WhyUnavailable ?? string.Empty);

    /// <summary>Reads one; null with a problem if it is refused.</summary>
    internal static BpfObjectFile? Read(string path, out ObjectProblem? problem)
    {
        BpfObjectFile.TryRead(File.ReadAllBytes(path), Path.GetFileName(path), out BpfObjectFile? file, out problem);
        return file;
    }

    public void Dispose() => _folder?.Dispose();
}
