using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>The first validation of a module's metadata: <c>_ebpf_native_validate_native_module</c>.</summary>
internal static class NativeModuleRules
{
    /// <summary>Validates the metadata table of a module.</summary>
    /// <returns>Success or <see cref="EbpfResult.InvalidArgument"/>.</returns>
    public static EbpfResult Check(in Caller caller, NativeModuleMetadata? metadata)
    {
        if (!caller.Require(metadata is not null, CheckTable.NativeAttachMetadata, metadata is null ? 0 : 1, 1))
        {
            return caller.Refused;
        }

        NativeModuleFile file = metadata!.File;
        long version = file.Bpf2cVersion is { } compiler ? Number(compiler) : 0;
        long minimum = Number(NativeModuleFile.MinimumCompiler);
        if (!caller.Require(version >= minimum, CheckTable.NativeAttachVersion, version, minimum))
        {
            return caller.Refused;
        }

        // The first entry that is not whole; -1: all are.
        int programs = file.Programs?.Count ?? 0;
        int program = file.Programs is not null && metadata.Bodies.Count == programs
            ? IndexOf(file.Programs, p => p is not { Helpers: not null, Maps: not null })
            : Math.Min(metadata.Bodies.Count, programs);
        int body = IndexOf(metadata.Bodies, b => b is null);
        program = program < 0 ? body : program;
        int map = IndexOf(file.Maps, m => m is not { Name: not null });
        int values = IndexOf(file.InitialValues, v => v is not { Map: not null, Values: not null });
        if (!caller.Require(program < 0, CheckTable.NativeAttachProgram, program, -1)
            || !caller.Require(map < 0, CheckTable.NativeAttachMap, map, -1)
            || !caller.Require(values < 0, CheckTable.NativeAttachValues, values, -1))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    private static long Number(Version version) => (version.Major * 1_000_000L) + (version.Minor * 1_000L) + Math.Max(version.Build, 0);

    /// <summary>The first entry that matches; 0 when there is not even a list.</summary>
    private static int IndexOf<T>(IReadOnlyList<T>? entries, Predicate<T> matches)
    {
        if (entries is null)
        {
            return 0;
        }

        for (int i = 0; i < entries.Count; i++)
        {
            if (matches(entries[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
