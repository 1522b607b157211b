using System.Runtime.InteropServices;
using KernelSim.HostBpf;
using HostInstruction = KernelSim.HostBpf.BpfInstruction;

namespace KernelSim.Bytecode.Tests;

/// <summary>
/// A random program that the host kernel's verifier accepts: jumps lead forward, what is read has been written, and nothing becomes an address.
/// R0 to R8 hold data, R9 points to memory, and the stack begins with 64 bytes. In the end each register is in memory.
/// </summary>
internal sealed class HostProgram
{
    /// <summary>Bytes of memory: as many for work, then nine registers.</summary>
    public const int MemorySize = Work + (9 * 8);

    private const int Work = 64;
    private const int Length = 30;
    private const int MemoryRegister = 9;
    private const int Arguments = 5;

    private static readonly byte[] s_alu = [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xa0, 0xb0, 0xc0, 0xd0];
    private static readonly byte[] s_jumps = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0];
    private static readonly int[] s_atomics = [0x00, 0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1];
    private static readonly int[] s_numbers = [1, -1, 2, 7, 8, 31, 32, 33, 63, 64, 0x7fff_ffff, int.MinValue, 0x1234_5678, -129];
    private static readonly int[] s_sizes = [Code.U8, Code.U16, Code.U32, Code.U64];

    private readonly Random _random;
    private readonly List<BpfInstruction> _body = [];

    /// <param name="seed">Decides all instructions.</param>
    public HostProgram(int seed)
    {
        _random = new Random(seed);
        List<BpfInstruction[]> parts = [Prologue(), Call(), .. Enumerable.Range(0, Length).Select(_ => Part())];
        List<int> starts = [];
        int at = 0;
        foreach (BpfInstruction[] part in parts)
        {
            starts.Add(at);
            at += part.Length;
        }

        starts.Add(at);
        for (int i = 0; i < parts.Count; i++)
        {
            _body.AddRange(parts[i].Select((instruction, k) => Jumping(instruction, starts[i] + k, starts.Skip(i + 1))));
        }

        for (int register = 0; register < MemoryRegister; register++)
        {
            _body.Add(Code.Store(Code.U64, MemoryRegister, (short)(Work + (8 * register)), register));
        }

        _body.Add(Code.Exit());
        AddFunction();
    }

    /// <summary>For an engine: R1 is the address of the memory.</summary>
    public BytecodeImage Image => Code.Image([Code.MovRegister(MemoryRegister, 1), .. _body]);

    /// <summary>For the host: the memory is the value of an array.</summary>
    public HostBpfProgram Load(HostBpfMap memory) => HostBpfProgram.Load(
        HostProgramType.SocketFilter,
        [.. HostInstruction.LoadMapValue(MemoryRegister, memory), .. MemoryMarshal.Cast<BpfInstruction, ulong>(_body.ToArray())]);

    private BpfInstruction[] Prologue() =>
    [
        .. Enumerable.Range(0, MemoryRegister).SelectMany(register => Code.Wide(register, (ulong)_random.NextInt64(long.MinValue, long.MaxValue))),
        .. Enumerable.Range(1, Work / 8).Select(slot => Code.Store(Code.U64, 10, (short)(-8 * slot), slot)),
    ];

    private BpfInstruction[] Part() => _random.Next(12) switch
    {
        < 5 => [Alu(MemoryRegister)],
        5 => [.. Code.Wide(Data(), (ulong)_random.NextInt64(long.MinValue, long.MaxValue))],
        6 or 7 => [Access()],
        8 => [Atomic()],
        9 => Call(),
        _ => [Jump()],
    };

    /// <summary>Arithmetic on the registers below a number.</summary>
    private BpfInstruction Alu(int registers)
    {
        int type = Pick(0x04, 0x07);
        int width = type == 0x07 ? 64 : 32;
        byte operation = Pick(s_alu);
        int target = _random.Next(registers);
        if (operation == 0xd0)
        {
            return new(Pick<byte>(0xd4, 0xdc, 0xd7), target, 0, 0, Pick(16, 32, 64));
        }

        bool byRegister = operation != 0x80 && _random.Next(2) == 0;
        short offset = operation is 0x30 or 0x90 ? (short)_random.Next(2)
            : operation == 0xb0 && byRegister ? (short)(width == 64 ? Pick(0, 8, 16, 32) : Pick(0, 8, 16))
            : (short)0;
        int number = operation is 0x60 or 0x70 or 0xc0 ? _random.Next(width) : Number();
        return new(
            (byte)(operation | type | (byRegister ? 8 : 0)),
            target,
            byRegister ? _random.Next(registers) : 0,
            offset,
            byRegister || operation == 0x80 ? 0 : number);
    }

    private BpfInstruction Access()
    {
        int size = Pick(s_sizes);
        int bytes = size switch { Code.U8 => 1, Code.U16 => 2, Code.U32 => 4, _ => 8 };
        (int pointer, short offset) = Place(bytes);
        return _random.Next(4) switch
        {
            0 => Code.Load(size, Data(), pointer, offset),
            1 when bytes < 8 => new((byte)(0x81 | size), Data(), pointer, offset, 0),
            2 => Code.StoreConstant(size, pointer, offset, Number()),
            _ => Code.Store(size, pointer, offset, Data()),
        };
    }

    private BpfInstruction Atomic()
    {
        int size = Pick(Code.U32, Code.U64);
        (int pointer, short offset) = Place(size == Code.U32 ? 4 : 8);
        return Code.Atomic(size, pointer, offset, Data(), Pick(s_atomics));
    }

    /// <summary>A call of the function behind the program. Afterwards R1 to R5 have to be written before they are read.</summary>
    private BpfInstruction[] Call() =>
        [Code.CallLocal(0), .. Enumerable.Range(1, Arguments).Select(register => Code.Mov(register, Number()))];

    private void AddFunction()
    {
        int start = _body.Count;
        _body.Add(Code.MovRegister(0, 1));
        for (int i = 0; i < 5; i++)
        {
            _body.Add(Alu(Arguments + 1));
        }

        _body.Add(Code.Exit());
        for (int i = 0; i < start; i++)
        {
            if (_body[i] is { Opcode: 0x85, Source: 1 })
            {
                _body[i] = Code.CallLocal(start - i - 1);
            }
        }
    }

    private BpfInstruction Jump()
    {
        bool byRegister = _random.Next(2) == 0;
        byte opcode = (byte)(Pick(s_jumps) | Pick(0x05, 0x06) | (byRegister ? 8 : 0));
        return new(opcode, Data(), byRegister ? Data() : 0, 0, byRegister ? 0 : Number());
    }

    /// <summary>Jumps get their targets once all parts are there.</summary>
    private BpfInstruction Jumping(BpfInstruction instruction, int at, IEnumerable<int> later) =>
        (instruction.Opcode & 7) is 5 or 6 && instruction.Opcode != 0x85
            ? instruction with { Offset = (short)(Pick([.. later]) - at - 1) }
            : instruction;

    /// <summary>An aligned place of so many bytes, in the memory or on the stack.</summary>
    private (int Pointer, short Offset) Place(int bytes)
    {
        int offset = _random.Next(Work / bytes) * bytes;
        return _random.Next(2) == 0 ? (MemoryRegister, (short)offset) : (10, (short)(offset - Work));
    }

    private int Data() => _random.Next(MemoryRegister);

    private int Number() => _random.Next(3) == 0 ? _random.Next(1, int.MaxValue) : Pick(s_numbers);

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
