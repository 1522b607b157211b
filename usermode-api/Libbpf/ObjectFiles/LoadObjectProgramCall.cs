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
            Source = new ProgramSource(LinesOf(source), FunctionsOf(source, @object.File!.Types)),
        };
    }

    private static ProgramSourceLine?[] LinesOf(ObjectProgram program)
    {
        ProgramSourceLine?[] lines = new ProgramSourceLine?[program.Lines.IsEmpty ? 0 : program.Instructions.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            SourceLine? line = program.LineOf(i);
            bool goesOn = i > 0 && line == program.LineOf(i - 1);
            lines[i] = goesOn ? lines[i - 1] : line is { Line: > 0 } known ? Copy(known) : null;
        }

        return lines;
    }

    private static ProgramSourceLine Copy(SourceLine line) => new(line.File, line.Line, line.Text) { Column = line.Column };

    private static ProgramFunction[] FunctionsOf(ObjectProgram program, BtfTypeTable? types) =>
        [.. program.Functions.Select(f => new ProgramFunction(f.FirstInstruction, f.Function.Name, types?.PrototypeOf(f.Function.Type)))];
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
