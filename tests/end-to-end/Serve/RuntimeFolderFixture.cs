using KernelSim.EndToEnd.Tests.Serve;

[assembly: AssemblyFixture(typeof(RuntimeFolderFixture))]

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>A folder for the sockets of these tests' servers: nobody's own are met. Child processes inherit it.</summary>
public sealed class RuntimeFolderFixture : IDisposable
{
    /// <summary>Says where the folder is.</summary>
    public const string Variable = "XDG_RUNTIME_DIR";

    // A socket's path has about 100 bytes at the most, which a long TMPDIR alone may take.
    private readonly TempFolder _folder = Path.GetTempPath().Length < 50 ? new TempFolder() : new TempFolder("/tmp");
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public RuntimeFolderFixture() => Environment.SetEnvironmentVariable(Variable, _folder.Path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _folder.Dispose();
    }
}
