using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary>
/// Loads a program of instructions, in the order of upstream's library and service: creates it, checks the instructions, fixes helpers and maps, and
/// loads the code.
/// </summary>
/// <remarks>
/// Upstream fixes the helpers before it verifies. Here the check comes first: it names the instruction that calls a helper which the type does
/// not have.
/// </remarks>
internal static class ProgramLoader
{
    private const short ReadOnly = 1;

    /// <summary>Loads a program. On failure nothing of it is left.</summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="program">The program to load.</param>
    /// <param name="handle">Its handle, on success.</param>
    /// <param name="log">What the check says; null if it has no objection.</param>
    public static EbpfResult Load(ApiCall call, ProgramToLoad program, out NtHandle handle, out string? log)
    {
        handle = NtHandle.Invalid;
        log = null;
        byte[] file = Encoding.UTF8.GetBytes(program.File);
        byte[] section = Encoding.UTF8.GetBytes(program.Section);
        ProgramNames names = new(file, section, Encoding.UTF8.GetBytes(program.Name));
        ulong code = (ulong)program.Instructions.Length * BpfInstruction.Size;
        if (!call.RequireMessageLength(CreateProgramRequest.TailOffset, (ulong)names.ByteCount)
            || !call.RequireMessageLength(LoadCodeRequest.TailOffset, code))
        {
            return call.Refused;
        }

        EbpfResult result = CodeMessages.Create(call.Channel, program.Type, names, out NtHandle created);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        result = Fill(call, created, program, out log);
        if (result == EbpfResult.Success)
        {
            handle = created;
            call.Library.Symbols?.Add(program.File, program.Section, program.Name, program.Source);
        }
        else
        {
            call.Library.Gate.NtClose(call.RequestId, created);
        }

        return result;
    }

    private static EbpfResult Fill(ApiCall call, NtHandle handle, ProgramToLoad program, out string? log)
    {
        log = null;
        foreach (LoadedMap map in program.Maps)
        {
            if (map.MissingDescriptor is { } descriptor && !call.TryResolve(descriptor, out _, CheckTable.ApiProgramLoadMap))
            {
                return call.Refused;
            }
        }

        EbpfResult result = CodeMessages.GetInfo(call.Channel, handle, out ProgramTypeInfo? type);
        if (result == EbpfResult.Success)
        {
            result = Check(call, program, type!, out log);
        }

        uint[] helpers = HelpersOf(program.Instructions);
        if (result == EbpfResult.Success)
        {
            result = CodeMessages.ResolveHelpers(call.Channel, handle, helpers);
        }

        BpfInstruction[] code = [.. program.Instructions];
        if (result == EbpfResult.Success)
        {
            result = ResolveMaps(call, handle, program, code);
        }

        if (result == EbpfResult.Success)
        {
            result = CodeMessages.GetLogFunction(call.Channel);
        }

        return result == EbpfResult.Success ? LoadCode(call, handle, program.Execution, code, helpers) : result;
    }

    /// <summary>The structural check. What the program does with memory is checked as it runs.</summary>
    private static EbpfResult Check(ApiCall call, ProgramToLoad program, ProgramTypeInfo type, out string? log)
    {
        // References to maps are resolved once the kernel has them; any other is left over, and so is one to a map that there is not.
        BpfInstruction[] resolved = [.. program.Instructions];
        foreach (int at in ReferencesIn(resolved).Where(at => (uint)resolved[at].Immediate < (uint)program.Maps.Count))
        {
            resolved[at] = new BpfInstruction(resolved[at].Opcode, resolved[at].Destination, 0, 0, 0);
        }

        StructuralProblem? problem = StructuralCheck.Run(resolved, new StructuralOptions { HasHelper = type.Helpers.ContainsKey });
        if (problem is null)
        {
            log = null;
            return EbpfResult.Success;
        }

        ProgramSourceLine? line = problem.Instruction < program.Source.Lines.Count ? program.Source.Lines[problem.Instruction] : null;
        log = $"{program.Section}/{program.Name}: {(line is null ? "" : $"{line}: ")}{problem.Text}";
        UserApiEventSource.Log.ProgramRefusal(
            call.RequestId, program.Section, program.Name, problem.Instruction, problem.Text, line?.ToString() ?? string.Empty);
        EbpfCheck row = CheckTable.Find(problem.Rule.Id)!;
        return call.Checks.Refuse(row, problem.Given, problem.Expected, log);
    }

    private static uint[] HelpersOf(BpfInstruction[] instructions) =>
        [.. instructions.Where(i => i.IsHelperCall).Select(i => (uint)i.Immediate).Distinct().Order()];

    /// <summary>Gives the program its maps, and replaces each of them by the number that stands for it in registers.</summary>
    private static EbpfResult ResolveMaps(ApiCall call, NtHandle handle, ProgramToLoad program, BpfInstruction[] code)
    {
        int[] used = [.. ReferencesIn(code).Select(at => code[at].Immediate).Distinct().Order()];
        if (used.Length == 0)
        {
            return EbpfResult.Success;
        }

        NtHandle[] handles = [.. used.Select(map => program.Maps[map].Handle)];
        EbpfResult result = CodeMessages.ResolveMaps(call.Channel, handle, handles, out ulong[] numbers);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        foreach (int at in ReferencesIn(code))
        {
            int place = Array.IndexOf(used, code[at].Immediate);
            if (code[at].Source == BpfInstruction.MapValueSource)
            {
                // The kernel knows the value's address.
                short access = program.Maps[used[place]].IsReadOnly ? ReadOnly : (short)0;
                code[at] = code[at] with { Immediate = place, Offset = access };
                continue;
            }

            code[at] = new BpfInstruction(code[at].Opcode, code[at].Destination, 0, 0, (int)numbers[place]);
            code[at + 1] = code[at + 1] with { Immediate = (int)(numbers[place] >> 32) };
        }

        return EbpfResult.Success;
    }

    /// <summary>The instructions that name a map.</summary>
    public static List<int> ReferencesIn(BpfInstruction[] code)
    {
        List<int> found = [];
        for (int i = 0; i < code.Length; i += code[i].IsWide ? 2 : 1)
        {
            if (code[i].IsWide && code[i].Source is BpfInstruction.MapSource or BpfInstruction.MapValueSource)
            {
                found.Add(i);
            }
        }

        return found;
    }

    /// <summary>
    /// Loads the code, in which a helper is its place among the resolved ones. Whatever the kernel objects to, the load has failed.
    /// </summary>
    private static EbpfResult LoadCode(ApiCall call, NtHandle handle, EbpfExecutionType execution, BpfInstruction[] code, uint[] helpers)
    {
        for (int i = 0; i < code.Length; i++)
        {
            if (code[i].IsHelperCall)
            {
                code[i] = code[i] with { Immediate = Array.IndexOf(helpers, (uint)code[i].Immediate) };
            }

            i += code[i].IsWide ? 1 : 0;
        }

        EbpfCodeType type = execution is EbpfExecutionType.Any or EbpfExecutionType.Jit ? EbpfCodeType.Jit : EbpfCodeType.Ebpf;
        EbpfResult result = CodeMessages.LoadCode(call.Channel, handle, type, MemoryMarshal.AsBytes<BpfInstruction>(code));
        return result == EbpfResult.Success ? result : EbpfResult.ProgramLoadFailed;
    }
}
