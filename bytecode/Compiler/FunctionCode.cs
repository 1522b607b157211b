using System.Reflection;
using System.Reflection.Emit;

namespace KernelSim.Bytecode.Compiler;

/// <summary>
/// The IL of one function in one frame: registers, labels, and what is emitted at the end. R1 to R5 and R10 are the method's arguments, the other
/// registers are locals.
/// </summary>
internal sealed class FunctionCode
{
    private readonly LocalBuilder[] _locals = new LocalBuilder[Opcodes.FramePointer];
    private readonly Dictionary<int, Label> _labels = [];
    private readonly List<Action> _cold = [];
    private readonly Func<int, MethodInfo> _callee;
    private Label? _ended;
    private LocalBuilder? _ticks;

    public FunctionCode(CodeTarget target, ILGenerator il, BytecodeImage image, Liveness live, int frame, Func<int, MethodInfo> callee)
    {
        Target = target;
        IL = il;
        Image = image;
        Live = live;
        Frame = frame;
        _callee = callee;
        foreach (int register in (int[])[0, 6, 7, 8, 9])
        {
            _locals[register] = il.DeclareLocal(typeof(ulong));
        }
    }

    public CodeTarget Target { get; }

    public ILGenerator IL { get; }

    public BytecodeImage Image { get; }

    public Liveness Live { get; }

    /// <summary>The frame of the stack, counted from 1.</summary>
    public int Frame { get; }

    /// <summary>Where a run goes that has ended early, after its ticks are saved.</summary>
    public Label Ended => _ended ??= IL.DefineLabel();

    /// <summary>The jumps backwards until the next question; null in a function without a loop.</summary>
    public LocalBuilder? Ticks => _ticks;

    public MethodInfo CalleeAt(int entry) => _callee(entry);

    public Label LabelOf(int instruction)
    {
        if (!_labels.TryGetValue(instruction, out Label label))
        {
            _labels[instruction] = label = IL.DefineLabel();
        }

        return label;
    }

    public void DeclareTicks() => _ticks = IL.DeclareLocal(typeof(int));

    public void LoadRun() => IL.Emit(OpCodes.Ldarg_0);

    public void Load(int register)
    {
        switch (register)
        {
            case Opcodes.FramePointer:
                IL.Emit(OpCodes.Ldarg_S, (byte)6);
                break;
            case >= 1 and <= 5:
                IL.Emit(OpCodes.Ldarg_S, (byte)register);
                break;
            default:
                IL.Emit(OpCodes.Ldloc, _locals[register]);
                break;
        }
    }

    public void Store(int register)
    {
        if (register is >= 1 and <= 5)
        {
            IL.Emit(OpCodes.Starg_S, (byte)register);
        }
        else
        {
            IL.Emit(OpCodes.Stloc, _locals[register]);
        }
    }

    public void Constant(long value) => IL.Emit(OpCodes.Ldc_I8, value);

    /// <summary>Emits something after all instructions, out of the way of what usually happens.</summary>
    public void Later(Action emit) => _cold.Add(emit);

    public void EmitLater()
    {
        if (_cold.Count > 0 || _ended is not null)
        {
            Target.MarkHidden(IL);
        }

        for (int i = 0; i < _cold.Count; i++)
        {
            _cold[i]();
        }

        if (_ended is { } ended)
        {
            IL.MarkLabel(ended);
            Constant(0);
            IL.Emit(OpCodes.Ret);
        }
    }

    /// <summary>Hands the ticks to whoever runs next.</summary>
    public void SaveTicks()
    {
        if (Ticks is { } ticks)
        {
            LoadRun();
            IL.Emit(OpCodes.Ldloc, ticks);
            IL.Emit(OpCodes.Stfld, RunMembers.Ticks);
        }
    }

    public void RestoreTicks()
    {
        if (Ticks is { } ticks)
        {
            LoadRun();
            IL.Emit(OpCodes.Ldfld, RunMembers.Ticks);
            IL.Emit(OpCodes.Stloc, ticks);
        }
    }

    /// <summary>Keeps registers, and the ticks, while a slow path runs.</summary>
    /// <param name="registers">The registers, as bits.</param>
    public void Save(int registers)
    {
        SaveTicks();
        foreach (int register in NumbersOf(registers))
        {
            LoadRun();
            IL.Emit(OpCodes.Ldflda, RunMembers.Saved);
            Load(register);
            IL.Emit(OpCodes.Stfld, RunMembers.SavedRegisters[register]);
        }
    }

    /// <summary>Takes registers back that <see cref="Save"/> has kept.</summary>
    public void Restore(int registers)
    {
        foreach (int register in NumbersOf(registers))
        {
            LoadRun();
            IL.Emit(OpCodes.Ldflda, RunMembers.Saved);
            IL.Emit(OpCodes.Ldfld, RunMembers.SavedRegisters[register]);
            Store(register);
        }
    }

    /// <summary>Leaves the program if the call that is over has ended the run. The ticks are saved.</summary>
    public void EndIfEnded()
    {
        LoadRun();
        IL.Emit(OpCodes.Ldfld, RunMembers.HasEnded);
        IL.Emit(OpCodes.Brtrue, Ended);
    }

    private static IEnumerable<int> NumbersOf(int registers) =>
        Enumerable.Range(0, Opcodes.FramePointer).Where(register => (registers & (1 << register)) != 0);
}
