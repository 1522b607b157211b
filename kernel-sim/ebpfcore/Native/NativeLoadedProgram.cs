using System.Globalization;
using System.Text;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Protocol.Modules;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Native;

/// <summary>One of a module's programs while operation 32 creates them: <c>ebpf_native_program_t</c>.</summary>
internal sealed class NativeLoadedProgram(NativeProgramEntry entry, NativeProgram body)
{
    /// <summary>The program, referenced; null until it has been created.</summary>
    public EbpfProgram? Program { get; private set; }

    /// <summary>The caller's handle of the program.</summary>
    public NtHandle Handle { get; private set; } = NtHandle.Invalid;

    /// <summary>Creates the program, associates its maps, resolves its helpers and loads its code.</summary>
    public EbpfResult Make(in Caller caller, NativeModule module, NativeMap[] maps)
    {
        EbpfResult result = Create(caller);
        if (result == EbpfResult.Success)
        {
            result = AssociateMaps(caller, maps);
        }

        if (result == EbpfResult.Success)
        {
            // 0 marks a helper that another of the module's programs calls.
            result = HelperResolver.Resolve(caller, Program!, [.. entry.Helpers.Where(id => id != 0)], out _);
        }

        return result == EbpfResult.Success ? LoadCode(caller, module, maps) : result;
    }

    /// <summary>Closes the handle. The reference stays until <see cref="Release"/>.</summary>
    public void Undo(in Caller caller)
    {
        if (Handle != NtHandle.Invalid)
        {
            caller.Process!.Handles.Close(Handle);
            Handle = NtHandle.Invalid;
        }
    }

    /// <summary>Drops the reference.</summary>
    public void Release(in Caller caller)
    {
        Program?.Release(caller.Current);
        Program = null;
    }

    private EbpfResult Create(in Caller caller)
    {
        byte[] name = Encoding.UTF8.GetBytes(entry.Name ?? string.Empty);
        byte[] section = Encoding.UTF8.GetBytes(entry.Section ?? string.Empty);
        const int Longest = EbpfLimits.MapNameLength - 1;
        if (!caller.Require(name.Length is > 0 and <= Longest, CheckTable.NativeProgramName, name.Length, Longest)
            || !caller.Require(section.Length is > 0 and <= Longest, CheckTable.NativeProgramSection, section.Length, Longest))
        {
            return caller.Refused;
        }

        ProgramParameters parameters = new(entry.ProgramType, entry.AttachType, name, section, [])
        {
            InfoHash = entry.ProgramInfoHash is null ? null : ParseHex(entry.ProgramInfoHash),
        };
        EbpfResult result = ProgramCreation.Run(caller, parameters, out EbpfProgram? program);
        Program = program;
        if (program is not null)
        {
            result = caller.CreateHandle(program, out NtHandle handle);
            Handle = handle;
        }

        return result;
    }

    /// <summary><c>_ebpf_native_resolve_maps_for_program</c>.</summary>
    private EbpfResult AssociateMaps(in Caller caller, NativeMap[] maps)
    {
        EbpfMap[] used = new EbpfMap[entry.Maps.Count];
        for (int i = 0; i < used.Length; i++)
        {
            int index = entry.Maps[i];
            if (!caller.Require(index < maps.Length, CheckTable.NativeProgramMap, index, maps.Length - 1L))
            {
                return caller.Refused;
            }

            used[i] = maps[index].Map!;
        }

        return used.Length == 0 ? EbpfResult.Success : Program!.AssociateMaps(caller, used);
    }

    private EbpfResult LoadCode(in Caller caller, NativeModule module, NativeMap[] maps)
    {
        EbpfMap[] byIndex = new EbpfMap[maps.Length];
        foreach (ushort index in entry.Maps)
        {
            byIndex[index] = maps[index].Map!;
        }

        NativeCode code = new(caller.Current, module, body, byIndex);
        EbpfResult result = EbpfResult.Success;
        if (!Program!.TryLoad(caller.Current, EbpfCodeType.Native, code))
        {
            // A thread that found it by its id loaded code first.
            code.Release(caller.Current);
            caller.Require(false, CheckTable.ProgramLoadOnce, (long)Program.CodeType, 0);
            result = caller.Refused;
        }

        KernelEventSource.Log.ProgramLoad(
            caller.Current.RequestId,
            caller.Current.ProcessorNumber,
            Program.Id,
            nameof(EbpfCodeType.Native),
            (long)entry.InstructionCount,
            ResultConversions.NameOf(result));
        return result;
    }

    /// <summary>A string that is not a hexadecimal number stands for a hash that matches nothing.</summary>
    private static byte[] ParseHex(string text)
    {
        byte[] bytes = new byte[text.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(text.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return [];
            }
        }

        return bytes;
    }
}
