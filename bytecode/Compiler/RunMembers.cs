using System.Reflection;

namespace KernelSim.Bytecode.Compiler;

/// <summary>What compiled code uses of a run and its host.</summary>
internal static class RunMembers
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static readonly FieldInfo Ticks = Field(nameof(BytecodeRun.Ticks));
    public static readonly FieldInfo HasEnded = Field(nameof(BytecodeRun.HasEnded));
    public static readonly FieldInfo Instruction = Field(nameof(BytecodeRun.CurrentInstruction));
    public static readonly FieldInfo Frames = Field(nameof(BytecodeRun.CurrentFrames));
    public static readonly FieldInfo Host = Field(nameof(BytecodeRun.Surroundings));
    public static readonly FieldInfo ReadWindow = Field(nameof(BytecodeRun.ReadWindow));
    public static readonly FieldInfo WriteWindow = Field(nameof(BytecodeRun.WriteWindow));
    public static readonly FieldInfo Program = Field(nameof(BytecodeRun.Program));
    public static readonly FieldInfo Saved = Field(nameof(BytecodeRun.Saved));
    public static readonly FieldInfo Start = Window(nameof(AccessWindow.Start));
    public static readonly FieldInfo Limit1 = Window(nameof(AccessWindow.Limit1));
    public static readonly FieldInfo Limit2 = Window(nameof(AccessWindow.Limit2));
    public static readonly FieldInfo Limit4 = Window(nameof(AccessWindow.Limit4));
    public static readonly FieldInfo Limit8 = Window(nameof(AccessWindow.Limit8));
    public static readonly MethodInfo Reach = Method(nameof(BytecodeRun.Reach));
    public static readonly MethodInfo RefuseMisaligned = Method(nameof(BytecodeRun.RefuseMisaligned));
    public static readonly MethodInfo TakeTicks = Method(nameof(BytecodeRun.TakeTicks));
    public static readonly MethodInfo References = typeof(BytecodeImage).GetProperty(nameof(BytecodeImage.References), All)!.GetMethod!;
    public static readonly MethodInfo CallHelper = typeof(BytecodeHost).GetMethod(nameof(BytecodeHost.CallHelper))!;

    public static FieldInfo LimitOf(int size) => size switch { 1 => Limit1, 2 => Limit2, 4 => Limit4, _ => Limit8 };

    public static readonly FieldInfo[] SavedRegisters =
        [.. Enumerable.Range(0, Opcodes.FramePointer).Select(register => typeof(SavedRegisters).GetField($"R{register}")!)];

    public static MethodInfo Arithmetic(string name) => typeof(Arithmetic).GetMethod(name)!;

    public static MethodInfo Atomic(AtomicOperation operation, Type width) =>
        typeof(Atomics).GetMethod($"{operation}")!.MakeGenericMethod(width);

    private static FieldInfo Field(string name) => typeof(BytecodeRun).GetField(name, All)!;

    private static FieldInfo Window(string name) => typeof(AccessWindow).GetField(name, All)!;

    private static MethodInfo Method(string name) => typeof(BytecodeRun).GetMethod(name, All)!;
}
