using KernelSim.Bytecode;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Loads a program of an object. Returns its descriptor; -1 with errno.</summary>
    private int LoadProgram(bpf_object @object, bpf_program program)
    {
        LoadObjectProgramCall load = new(ProgramOf(@object, program));
        int fd = Call(ref load, LoadName);
        program.Log = load.Log;
        return fd < 0 ? -1 : fd;
    }

    private ProgramToLoad ProgramOf(bpf_object @object, bpf_program program)
    {
        ObjectProgram source = program.Source!;
        LoadedMap[] maps = [.. @object.Maps.Select(m => new LoadedMap(HandleOf(m.Fd), m.Source!.Kind == ObjectMapKind.ReadOnlyData))];
        return new ProgramToLoad(
            program.ProgramType, @object.Name, program.Entry.Section, program.Entry.Name!, [.. source.Instructions], maps)
        {
            Execution = @object.Execution,
            Lines = LinesOf(source),
        };
    }

    private static ProgramSourceLine?[] LinesOf(ObjectProgram program)
    {
        ProgramSourceLine?[] lines = new ProgramSourceLine?[program.Lines.IsEmpty ? 0 : program.Instructions.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            bool isSame = i > 0 && program.LineOf(i) == program.LineOf(i - 1);
            lines[i] = isSame ? lines[i - 1] : program.LineOf(i) is { Line: > 0 } line ? new(line.File, line.Line, line.Text) : null;
        }

        return lines;
    }
}

/// <summary>Loads one program of an object file: a turn of <c>_ebpf_object_load_programs</c>.</summary>
/// <param name="program">The program.</param>
internal struct LoadObjectProgramCall(ProgramToLoad program) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => -1;

    /// <summary>What the check said; null if it had no objection.</summary>
    public string? Log { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        EbpfResult result = ProgramLoader.Load(call, program, out NtHandle handle, out string? log);
        Log = log;
        return result == EbpfResult.Success ? call.OpenDescriptor(handle, shape: null) : result;
    }
}
