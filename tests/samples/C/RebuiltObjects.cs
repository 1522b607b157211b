namespace KernelSim.Samples.Tests.C;

/// <summary>The objects of <c>samples/c</c> and the programs of <c>kernelsim bench</c>, compiled once more where clang is there.</summary>
public sealed class RebuiltObjects : IDisposable
{
    private readonly TempFolder? _folder;

    public RebuiltObjects()
    {
        if (Clang.WhyUnavailable is null)
        {
            _folder = new TempFolder();
            Clang.Make(SampleFiles.Folder, _folder.Path);
            Clang.Make(SampleFiles.Benchmarks, _folder.Path);
        }
    }

    /// <summary>A rebuilt file by its name in its folder. Skips the test where there is no clang.</summary>
    public string PathOf(string name)
    {
        Assert.SkipWhen(_folder is null, Clang.WhyUnavailable ?? string.Empty);
        return Path.Combine(_folder!.Path, name);
    }

    public void Dispose() => _folder?.Dispose();
}
