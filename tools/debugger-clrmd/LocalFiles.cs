using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Finds what belongs to a runtime on this host only: by itself the library would ask Microsoft's symbol server.</summary>
internal sealed class LocalFiles : IFileLocator
{
    /// <inheritdoc/>
    public string? FindPEImage(string fileName, int buildTimeStamp, int imageSize, bool checkProperties) => Existing(fileName);

    /// <inheritdoc/>
    public string? FindPEImage(
        string fileName, SymbolProperties archivedUnder, ImmutableArray<byte> buildIdOrUUID, OSPlatform originalPlatform, bool checkProperties) =>
        Existing(fileName);

    private static string? Existing(string fileName) => Path.IsPathRooted(fileName) && File.Exists(fileName) ? fileName : null;
}
