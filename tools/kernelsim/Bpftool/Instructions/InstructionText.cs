using System.Globalization;
using KernelSim.Bytecode;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Instructions;

/// <summary>
/// The text of an instruction as bpftool prints it: <c>print_bpf_insn</c> of Linux's disassembler, <c>(61) r1 = *(u32 *)(r0 +0)</c>. What bpftool 7.1
/// does not know yet, signed division and moves and the like, is written as later ones do.
/// </summary>
internal sealed class InstructionText
{
    private static readonly string[] s_sizes = ["u32", "u16", "u8", "u64"];
    private static readonly string[] s_arithmetic = ["+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "neg", "%=", "^=", "=", "s>>=", "endian"];
    private static readonly string[] s_conditions = ["", "==", ">", ">=", "&", "!=", "s>", "s>=", "", "", "<", "<=", "s<", "s<="];

    private readonly ProgramListing _listing;
    private readonly bool _namesFunctions;

    /// <summary>Texts of a program's instructions.</summary>
    /// <param name="listing">The program.</param>
    /// <param name="namesFunctions">Whether calls within the program have the names of their targets.</param>
    public InstructionText(ProgramListing listing, bool namesFunctions) => (_listing, _namesFunctions) = (listing, namesFunctions);

    /// <summary>The text of the instruction at a slot.</summary>
    public string Of(int at)
    {
        BpfInstruction instruction = _listing.Code[at];
        string text = instruction.Class switch
        {
            InstructionClass.Ld => Load(instruction, at),
            InstructionClass.Alu or InstructionClass.Alu64 => Arithmetic(instruction),
            InstructionClass.Jmp or InstructionClass.Jmp32 => Jump(instruction, at),
            _ when instruction.Mode == Opcodes.ModeAtomic => Atomic(instruction),
            InstructionClass.Ldx => $"r{instruction.Destination} = *({Type(instruction)} *)({Place(instruction.Source, instruction)})",
            InstructionClass.St => $"*({Type(instruction)} *)({Place(instruction.Destination, instruction)}) = {instruction.Immediate}",
            _ => $"*({Type(instruction)} *)({Place(instruction.Destination, instruction)}) = r{instruction.Source}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"({instruction.Opcode:x2}) {text}");
    }

    private string Load(BpfInstruction instruction, int at)
    {
        BpfInstruction second = _listing.Code[at + 1];
        string value = instruction.Source switch
        {
            BpfInstruction.MapSource => $"map[id:{(uint)instruction.Immediate}]",
            BpfInstruction.MapValueSource => $"map[id:{(uint)instruction.Immediate}][0]+{(uint)second.Immediate}",
            _ => $"0x{instruction.WideConstant(second):x}",
        };
        return $"r{instruction.Destination} = {value}";
    }

    private static string Arithmetic(BpfInstruction instruction)
    {
        char width = instruction.Class == InstructionClass.Alu64 ? 'r' : 'w';
        string destination = $"{width}{instruction.Destination}";
        string operand = instruction.HasRegisterOperand ? $"{width}{instruction.Source}" : $"{instruction.Immediate}";
        string sign = s_arithmetic[instruction.Opcode >> 4];
        return instruction.Alu switch
        {
            AluOperation.End => $"r{instruction.Destination} = {SwapOf(instruction)}{instruction.Immediate} r{instruction.Destination}",
            AluOperation.Neg => $"{destination} = -{destination}",
            AluOperation.Mov when instruction.Offset != 0 => $"{destination} {sign} (s{instruction.Offset}){operand}",
            AluOperation.Div or AluOperation.Mod when instruction.Offset == Opcodes.Signed => $"{destination} s{sign} {operand}",
            _ => $"{destination} {sign} {operand}",
        };
    }

    private static string SwapOf(BpfInstruction instruction) =>
        instruction.Opcode == Opcodes.ByteSwap ? "bswap" : instruction.Opcode == Opcodes.BigEndian ? "be" : "le";

    private string Jump(BpfInstruction instruction, int at)
    {
        char width = instruction.Class == InstructionClass.Jmp ? 'r' : 'w';
        string operand = instruction.HasRegisterOperand ? $"{width}{instruction.Source}" : $"0x{instruction.Immediate:x}";
        return instruction.Opcode switch
        {
            Opcodes.JumpAlways => $"goto pc{instruction.Offset:+0;-0;+0}",
            Opcodes.JumpLong => $"gotol pc{instruction.Immediate:+0;-0;+0}",
            Opcodes.Call when instruction.IsLocalCall => $"call pc{instruction.Immediate:+0;-0;+0}{TargetOf(instruction, at)}",
            Opcodes.Call => $"call {_listing.Helper(instruction.Immediate) ?? "unknown"}#{instruction.Immediate}",
            Opcodes.CallRegister => $"callx r{instruction.Destination}",
            Opcodes.Exit => "exit",
            _ => $"if {width}{instruction.Destination} {s_conditions[instruction.Opcode >> 4]} {operand} goto pc{instruction.Offset:+0;-0;+0}",
        };
    }

    private string TargetOf(BpfInstruction instruction, int at) =>
        _namesFunctions && _listing.FunctionAt(at + 1 + instruction.Immediate) is { } function ? $"#{function.Name}" : "";

    private static string Atomic(BpfInstruction instruction)
    {
        string place = $"({Type(instruction)} *)({Place(instruction.Destination, instruction)})";
        string width = instruction.AccessLength == 8 ? "64" : "";
        var operation = (AtomicOperation)(instruction.Immediate & ~Opcodes.Fetch);
        return operation switch
        {
            AtomicOperation.Exchange => $"r{instruction.Source} = atomic{width}_xchg({place}, r{instruction.Source})",
            AtomicOperation.CompareExchange => $"r0 = atomic{width}_cmpxchg({place}, r0, r{instruction.Source})",
            _ when (instruction.Immediate & Opcodes.Fetch) != 0 =>
                $"r{instruction.Source} = atomic{width}_fetch_{NameOf(operation)}({place}, r{instruction.Source})",
            _ => $"lock *{place} {s_arithmetic[(int)operation >> 4]} r{instruction.Source}",
        };
    }

    private static string NameOf(AtomicOperation operation) => operation switch
    {
        AtomicOperation.Add => "add",
        AtomicOperation.Or => "or",
        AtomicOperation.And => "and",
        _ => "xor",
    };

    private static string Type(BpfInstruction instruction)
    {
        string type = s_sizes[(instruction.Opcode >> 3) & 3];
        return instruction.Mode == Opcodes.ModeSigned ? $"s{type[1..]}" : type;
    }

    private static string Place(int register, BpfInstruction instruction) => $"r{register} {instruction.Offset:+0;-0;+0}";
}
