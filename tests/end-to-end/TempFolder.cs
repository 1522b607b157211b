namespace KernelSim.EndToEnd.Tests;

/// <summary>A folder of files that goes when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("kernelsim-").FullName;

    /// <summary>Puts a file in.</summary>
    public string Add(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
