using System.Text.Json;
using System.Text.Json.Serialization;

namespace KernelSim.Protocol.Modules;

/// <summary>
/// The file of a native module: what <c>bpf2c</c> puts into the sections of a driver, so that user mode can list maps and programs
/// without loading it. Upstream keeps it as C structures in a PE image; here it is readable JSON. The code of each program is included
/// as the IL of its method, so that changed code changes the file and its hash.
/// </summary>
public sealed record NativeModuleFile
{
    /// <summary>The oldest compiler whose modules load: <c>_ebpf_minimum_version</c>.</summary>
    public static readonly Version MinimumCompiler = new(0, 21, 0);

    /// <summary>The compiler version that modules built by this version of the protocol carry.</summary>
    public static readonly Version CurrentCompiler = new(1, 6, 0);

    /// <summary>Version of the compiler, <c>bpf2c_version_t</c>.</summary>
    public Version Bpf2cVersion { get; init; } = CurrentCompiler;

    /// <summary>The module's maps; programs and initial values refer to them.</summary>
    public IReadOnlyList<NativeMapEntry> Maps { get; init; } = [];

    /// <summary>The module's programs.</summary>
    public IReadOnlyList<NativeProgramEntry> Programs { get; init; } = [];

    /// <summary>The initial contents of its maps of maps and program arrays.</summary>
    public IReadOnlyList<NativeInitialValues> InitialValues { get; init; } = [];

    /// <summary>The initial contents of its maps of global variables.</summary>
    public IReadOnlyList<NativeGlobalVariables> GlobalVariables { get; init; } = [];

    /// <summary>Serializes the file: the same module always gives the same bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, NativeModuleJson.Default.NativeModuleFile);

    /// <summary>Reads a file; null if it is not the file of a native module.</summary>
    public static NativeModuleFile? TryParse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, NativeModuleJson.Default.NativeModuleFile);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The JSON format of a module's file.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(NativeModuleFile))]
internal sealed partial class NativeModuleJson : JsonSerializerContext;
