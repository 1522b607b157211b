using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.SymbolStore;
using System.Reflection;
using System.Reflection.Emit;
using KernelSim.Bytecode.Compiler;

namespace KernelSim.Bytecode.Modules;

/// <summary>
/// Makes a method of a class of each function, which <see cref="ModuleProgram.Load"/> runs. The class's assembly needs access to what this one keeps
/// to itself.
/// </summary>
internal sealed class ModuleCode : CodeTarget
{
    private const int HiddenLine = 0xFEEFEE;

    // A tier without optimisation is of no use to code that runs at DISPATCH_LEVEL. A debugger's wish not to optimise comes first all the same.
    private const MethodImplAttributes Optimized = MethodImplAttributes.IL | MethodImplAttributes.AggressiveOptimization;

    private static readonly string[] s_parameterNames = ["run", "r1", "r2", "r3", "r4", "r5", "r10"];

    private readonly TypeBuilder _class;
    private readonly ModuleProgram _program;
    private readonly Func<int, string> _nameOf;
    private readonly Dictionary<int, int> _references = [];
    private readonly ISymbolDocumentWriter _document;
    private readonly Dictionary<ILGenerator, List<MethodLine>> _lines = [];
    private readonly List<(MethodInfo Method, ILGenerator IL)> _methods = [];

    private ModuleCode(TypeBuilder type, ModuleProgram program, ISymbolDocumentWriter document, Func<int, string> nameOf)
    {
        _document = document;
        _class = type;
        _program = program;
        _nameOf = nameOf;
        for (int i = 0; i < program.References.Length; i++)
        {
            _references[program.References[i].Instruction] = i;
        }
    }

    /// <summary>Checks a program and emits it.</summary>
    /// <param name="type">The class that gets the methods.</param>
    /// <param name="program">The program. Its frames are counted here.</param>
    /// <param name="document">Any document: the assembly's builder tells the signature of local variables only of methods that have one.</param>
    /// <param name="nameOf">The name of the function that starts at a slot; each has another.</param>
    /// <param name="emitted">The program with its frames.</param>
    /// <param name="entry">The method that it begins with.</param>
    /// <param name="sources">The methods with their source lines.</param>
    /// <returns>What is wrong with the program; null if nothing is.</returns>
    public static string? TryEmit(
        TypeBuilder type,
        ModuleProgram program,
        ISymbolDocumentWriter document,
        Func<int, string> nameOf,
        out ModuleProgram emitted,
        [NotNull] out MethodInfo? entry,
        out IReadOnlyList<MethodSource> sources)
    {
        BytecodeImage image = program.ToImage();
        emitted = program;
        entry = null!;
        sources = [];
        StructuralProblem? problem = StructuralCheck.Run(new CheckedProgram(image.Instructions.AsSpan(), image.Structure), out ControlFlow? flow);
        if (problem is not null)
        {
            return problem.Text;
        }

        if (CompilerLimits.ProblemOf(image, flow!) is { } large)
        {
            return large;
        }

        ModuleCode code = new(type, program, document, nameOf);
        entry = code.Emit(image, flow!);
        sources = [.. code._methods.Select(m => new MethodSource(m.Method, m.IL.ILOffset, code._lines[m.IL]))];
        emitted = program with { Frames = flow!.Frames };
        return null;
    }

    public override int ReferenceAt(int instruction) => _references.GetValueOrDefault(instruction, -1);

    public override void Mark(ILGenerator il, int instruction) => Mark(il, _program.Find("", "", "", instruction));

    public override void MarkHidden(ILGenerator il) => Mark(il, null);

    protected override MethodInfo Define(BytecodeImage image, int entry, int frame, out ILGenerator il)
    {
        // Code knows its frame: a function that is called at several depths is there several times.
        string name = frame == 1 ? _nameOf(entry) : $"{_nameOf(entry)}_frame{frame}";
        MethodBuilder method = _class.DefineMethod(name, MethodAttributes.Assembly | MethodAttributes.Static, typeof(ulong), Parameters);
        method.SetImplementationFlags(Optimized);
        for (int i = 0; i < s_parameterNames.Length; i++)
        {
            method.DefineParameter(i + 1, ParameterAttributes.None, s_parameterNames[i]);
        }

        il = method.GetILGenerator();
        il.MarkSequencePoint(_document, HiddenLine, 0, HiddenLine, 0);
        _methods.Add((method, il));
        _lines[il] = [];
        return method;
    }

    private void Mark(ILGenerator il, ProgramSourceLine? line)
    {
        List<MethodLine> lines = _lines[il];
        if (lines.Count > 0 && lines[^1].Offset == il.ILOffset)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        if (lines.Count == 0 || !Equals(lines[^1].Source, line))
        {
            lines.Add(new MethodLine(il.ILOffset, line));
        }
    }
}
