using System.Text.Json;
using System.Text.Json.Serialization;

namespace KernelSim.Protocol.Modules;

/// <summary>
/// The file of a native module: what <c>bpf2c</c> puts into the sections of a driver, so that user mode can list maps and programs
/// without loading it. Upstream keeps it as C structures in a PE image; here it is JSON, which a person can read, and the code of each
/// program is there as the IL of its method, so that changed code is a changed file and has another hash.
/// </summary>
public sealed record NativeModuleFile
{
    /// <summary>The oldest compiler whose modules load: <c>_ebpf_minimum_version</c>.</summary>
    public static readonly Version MinimumCompiler = new(0, 21, 0);

    /// <summary>The version of the compiler that this protocol's modules say they come from.</summary>
    public static readonly Version CurrentCompiler = new(1, 6, 0);

    /// <summary>The version of the compiler, <c>bpf2c_version_t</c>.</summary>
    public Version Bpf2cVersion { get; init; } = CurrentCompiler;

    /// <summary>Its maps; others name them by index.</summary>
    public IReadOnlyList<NativeMapEntry> Maps { get; init; } = [];

    /// <summary>Its programs.</summary>
    public IReadOnlyList<NativeProgramEntry> Programs { get; init; } = [];

    /// <summary>What its maps of maps and program arrays hold from the start.</summary>
    public IReadOnlyList<NativeInitialValues> InitialValues { get; init; } = [];

    /// <summary>The file's bytes: the same for the same module.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, NativeModuleJson.Default.NativeModuleFile);

    /// <summary>Reads a file. Null when it is not the file of a native module.</summary>
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

/// <summary>How a module's file is written.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(NativeModuleFile))]
internal sealed partial class NativeModuleJson : JsonSerializerContext;
