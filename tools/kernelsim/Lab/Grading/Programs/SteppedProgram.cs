using System.Reflection;
using System.Reflection.Emit;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;

namespace KernelSim.Tool.Lab.Grading.Programs;

/// <summary>
/// A copy of a program's IL that tells an <see cref="Interleaving"/> before each instruction, so that the program can be stopped between any two of
/// them. The methods of its assembly that it calls are copied with it; what they call elsewhere is one step. Methods of it that cannot
/// be copied are refused.
/// </summary>
internal sealed class SteppedProgram
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const string ShortForm = ".s";

    private static readonly MethodInfo s_step = typeof(Interleaving).GetMethod(nameof(Interleaving.Step))!;

    private static readonly Dictionary<string, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Where(f => f.FieldType == typeof(OpCode))
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Name!);

    private readonly Assembly _assembly;
    private readonly InstructionLines _lines;
    private readonly Dictionary<MethodBase, DynamicMethod> _copies = [];

    /// <summary>Copies a program.</summary>
    /// <param name="module">The class of the program.</param>
    /// <param name="program">Name of the program.</param>
    /// <param name="lines">Where its steps come from.</param>
    /// <param name="interleaving">What is told of its steps.</param>
    /// <exception cref="InvalidDataException">The class has no such program, or it has what no program may have.</exception>
    public SteppedProgram(Type module, string program, InstructionLines lines, Interleaving interleaving)
    {
        _assembly = module.Assembly;
        _lines = lines;
        MethodInfo method = module.GetMethods(Everything)
            .FirstOrDefault(m => m.GetCustomAttribute<EbpfProgramAttribute>() is { } a && (a.Name ?? m.Name) == program)
            ?? throw new InvalidDataException($"{module.Name} has no program '{program}'");
        Stepped stepped = Copy(method).CreateDelegate<Stepped>();
        Body = context => stepped(context, interleaving);
    }

    private delegate uint Stepped(EbpfProgramContext context, Interleaving interleaving);

    /// <summary>What runs.</summary>
    public NativeProgram Body { get; }

    /// <summary>Whether it calls an operation of <see cref="Interlocked"/>.</summary>
    public bool UsesInterlocked { get; private set; }

    private DynamicMethod Copy(MethodInfo method)
    {
        if (_copies.TryGetValue(method, out DynamicMethod? known))
        {
            return known;
        }

        MethodBody body = method.GetMethodBody()!;
        if (body.ExceptionHandlingClauses.Count > 0)
        {
            throw new InvalidDataException($"{method.Name} has a try, a lock or a using, expected code without: a program of eBPF has none");
        }

        if (method.MethodImplementationFlags.HasFlag(MethodImplAttributes.Synchronized))
        {
            throw new InvalidDataException($"{method.Name} has MethodImplOptions.Synchronized, which is a lock, expected code without");
        }

        IEnumerable<Type> parameters = method.GetParameters().Select(p => p.ParameterType);
        Type[] types = [.. method.IsStatic ? parameters : parameters.Prepend(This(method.DeclaringType!)), typeof(Interleaving)];
        DynamicMethod copy = new(method.Name, method.ReturnType, types, method.Module, skipVisibility: true) { InitLocals = body.InitLocals };
        _copies.Add(method, copy);
        ILGenerator il = copy.GetILGenerator();
        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            il.DeclareLocal(local.LocalType, local.IsPinned);
        }

        Emit(il, method, body.GetILAsByteArray()!, types.Length - 1);
        return copy;
    }

    private void Emit(ILGenerator il, MethodInfo method, byte[] code, int interleaving)
    {
        MethodStep[] steps = [.. MethodStep.Read(code)];
        Dictionary<int, Label> labels = steps.SelectMany(s => s.Targets(code)).Distinct().ToDictionary(t => t, _ => il.DefineLabel());
        bool isWhole = true;
        foreach (MethodStep step in steps)
        {
            if (labels.TryGetValue(step.At, out Label label))
            {
                il.MarkLabel(label);
            }

            if (isWhole)
            {
                il.Emit(OpCodes.Ldarg, (short)interleaving);
                il.Emit(OpCodes.Ldstr, _lines.Of(method, step.At));
                il.Emit(OpCodes.Call, s_step);
            }

            isWhole = !step.IsPrefix;
            Label[] targets = [.. step.Targets(code).Select(t => labels[t])];
            if (targets.Length > 0 || step.OpCode == OpCodes.Switch)
            {
                EmitJump(il, step.OpCode, targets);
            }
            else
            {
                EmitOne(il, method, code, step, interleaving);
            }
        }
    }

    /// <summary>A short jump may have become too short.</summary>
    private static void EmitJump(ILGenerator il, OpCode opCode, Label[] targets)
    {
        if (opCode == OpCodes.Switch)
        {
            il.Emit(opCode, targets);
            return;
        }

        string name = opCode.Name!;
        il.Emit(s_opCodes[name.EndsWith(ShortForm, StringComparison.Ordinal) ? name[..^ShortForm.Length] : name], targets[0]);
    }

    private void EmitOne(ILGenerator il, MethodInfo method, byte[] code, MethodStep step, int interleaving)
    {
        ReadOnlySpan<byte> operand = code.AsSpan(step.Operand, step.End - step.Operand);
        OpCode opCode = step.OpCode;
        switch (opCode.OperandType)
        {
            case OperandType.InlineNone:
                il.Emit(opCode);
                break;
            case OperandType.ShortInlineI or OperandType.ShortInlineVar:
                il.Emit(opCode, operand[0]);
                break;
            case OperandType.InlineVar:
                il.Emit(opCode, BitConverter.ToInt16(operand));
                break;
            case OperandType.InlineI:
                il.Emit(opCode, BitConverter.ToInt32(operand));
                break;
            case OperandType.InlineI8:
                il.Emit(opCode, BitConverter.ToInt64(operand));
                break;
            case OperandType.ShortInlineR:
                il.Emit(opCode, BitConverter.ToSingle(operand));
                break;
            case OperandType.InlineR:
                il.Emit(opCode, BitConverter.ToDouble(operand));
                break;
            case OperandType.InlineString:
                il.Emit(opCode, method.Module.ResolveString(BitConverter.ToInt32(operand)));
                break;
            case OperandType.InlineSig:
                throw new InvalidDataException($"{method.Name} calls through a pointer, expected calls of methods");
            default:
                EmitMember(il, method, opCode, method.Module.ResolveMember(BitConverter.ToInt32(operand))!, interleaving);
                break;
        }
    }

    private void EmitMember(ILGenerator il, MethodInfo method, OpCode opCode, MemberInfo member, int interleaving)
    {
        switch (member)
        {
            case Type type:
                il.Emit(opCode, type);
                break;
            case FieldInfo { IsStatic: true, IsInitOnly: false, IsLiteral: false } field when field.Module.Assembly == _assembly && Touches(opCode):
                throw new InvalidDataException($"{method.Name} uses the static field {field.Name}, expected state in maps only");
            case FieldInfo field:
                il.Emit(opCode, field);
                break;
            case MethodInfo called when IsCopied(called) && (opCode == OpCodes.Call || opCode == OpCodes.Callvirt):
                il.Emit(OpCodes.Ldarg, (short)interleaving);
                il.Emit(OpCodes.Call, Copy(called));
                break;
            case MethodBase called when called.Module.Assembly == _assembly:
                throw new InvalidDataException(
                    $"{called.Name} of {called.DeclaringType?.Name} cannot be stopped: expected calls of plain methods, neither generic nor virtual, "
                    + "and no constructors and delegates");
            case ConstructorInfo constructor:
                il.Emit(opCode, constructor);
                break;
            default:
                UsesInterlocked |= member.DeclaringType == typeof(Interlocked);
                il.Emit(opCode, (MethodInfo)member);
                break;
        }
    }

    private static bool Touches(OpCode opCode) => opCode == OpCodes.Ldsfld || opCode == OpCodes.Stsfld || opCode == OpCodes.Ldsflda;

    private bool IsCopied(MethodInfo method) =>
        method.Module.Assembly == _assembly
        && method is { IsVirtual: false, IsGenericMethod: false, DeclaringType.IsGenericType: false }
        && method.GetMethodBody() is not null;

    private static Type This(Type type) => type.IsValueType ? type.MakeByRefType() : type;
}
