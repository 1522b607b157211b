namespace KernelSim.Bytecode.Tests;

/// <summary>
/// A valid program of random instructions. R0 to R7 hold data, R8 always points into the memory that R1 pointed to and R9 to the stack, so that no
/// address of the host gets into a result: two engines must agree in every bit. Jumps go anywhere, the budget ends what does not end itself.
/// </summary>
internal sealed class RandomProgram
{
    private const int Length = 40;

    private static readonly byte[] s_alu = [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xa0, 0xb0, 0xc0, 0xd0];
    private static readonly byte[] s_jumps = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0];
    private static readonly int[] s_atomics = [0x00, 0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1];
    private static readonly int[] s_numbers = [0, 1, -1, 2, 7, 8, 31, 32, 33, 63, 64, 0x7fff_ffff, int.MinValue, 0x1234_5678, -129];
    private static readonly int[] s_sizes = [Code.U8, Code.U16, Code.U32, Code.U64];

    private readonly Random _random;
    private readonly List<BpfInstruction> _code = [];
    private readonly List<int> _starts = [];

    private RandomProgram(int seed)
    {
        _random = new Random(seed);
        _code.Add(Code.MovRegister(8, 1));
        _code.Add(Code.Add(8, 64));
        _code.Add(Code.MovRegister(9, 10));
        _code.Add(Code.Add(9, -256));
        for (int register = 0; register < 8; register++)
        {
            _code.Add(Code.Mov(register, Number()));
        }

        for (int i = 0; i < Length; i++)
        {
            _starts.Add(_code.Count);
            AddInstruction();
        }

        _starts.Add(_code.Count);
        _code.Add(Code.Exit());
        for (int i = 0; i < _code.Count; i++)
        {
            SetTarget(i);
        }
    }

    public static BytecodeImage Of(int seed) => Code.Image([.. new RandomProgram(seed)._code]);

    private void AddInstruction()
    {
        switch (_random.Next(10))
        {
            case < 4:
                _code.Add(Alu());
                break;
            case 4:
                _code.AddRange(Code.Wide(Data(), (ulong)_random.NextInt64(long.MinValue, long.MaxValue)));
                break;
            case 5 or 6:
                _code.Add(Access());
                break;
            case 7:
                _code.Add(Code.Atomic(Pick(Code.U32, Code.U64), Pick(8, 9, 10), Offset(), Data(), Pick(s_atomics)));
                break;
            case 8:
                _code.Add(_random.Next(8) == 0 ? Code.Call(5) : Code.Add(Pick(8, 9), _random.Next(8) == 0 ? _random.Next(-9, 9) : 0));
                break;
            default:
                _code.Add(Jump());
                break;
        }
    }

    private BpfInstruction Alu()
    {
        int type = Pick(0x04, 0x07);
        byte operation = Pick(s_alu);
        bool byRegister = operation != 0x80 && _random.Next(2) == 0;
        short offset = operation is 0x30 or 0x90 ? (short)_random.Next(2)
            : operation == 0xb0 && byRegister ? (short)(type == 0x07 ? Pick(0, 8, 16, 32) : Pick(0, 8, 16))
            : (short)0;
        if (operation == 0xd0)
        {
            return new(Pick<byte>(0xd4, 0xdc, 0xd7), Data(), 0, 0, Pick(16, 32, 64));
        }

        int number = byRegister || operation == 0x80 ? 0 : Number();
        return new((byte)(operation | type | (byRegister ? 8 : 0)), Data(), byRegister ? Data() : 0, offset, number);
    }

    private BpfInstruction Access()
    {
        int size = Pick(s_sizes);
        int pointer = _random.Next(100) == 0 ? Data() : Pick(8, 9, 10);
        return _random.Next(4) switch
        {
            0 => Code.Load(size, Data(), pointer, Offset()),
            1 => new(Pick<byte>(0x81, 0x89, 0x91), Data(), pointer, Offset(), 0),
            2 => Code.StoreConstant(size, pointer, Offset(), Number()),
            _ => Code.Store(size, pointer, Offset(), Data()),
        };
    }

    private BpfInstruction Jump()
    {
        bool byRegister = _random.Next(2) == 0;
        return _random.Next(8) switch
        {
            0 => new(0x05, 0, 0, 0, 0),
            1 => new(0x06, 0, 0, 0, 0),
            _ when byRegister => new((byte)(Pick(s_jumps) | Pick(0x0d, 0x0e)), Data(), Data(), 0, 0),
            _ => new((byte)(Pick(s_jumps) | Pick(0x05, 0x06)), Data(), 0, 0, Number()),
        };
    }

    /// <summary>
    /// Jumps get their targets when all instructions are there; an unconditional one leads on, so that what follows it can be reached.
    /// </summary>
    private void SetTarget(int i)
    {
        BpfInstruction instruction = _code[i];
        bool isConditional = (instruction.Opcode & 7) is 5 or 6 && instruction.Opcode is not (0x05 or 0x06 or 0x85 or 0x95);
        if (isConditional && _starts.Contains(i))
        {
            _code[i] = instruction with { Offset = (short)(Target(i) - i - 1) };
        }
    }

    private int Target(int i)
    {
        int any = Pick([.. _starts]);
        return any > i || _random.Next(4) == 0 ? any : _starts[^1];
    }

    private int Data() => _random.Next(8);

    private short Offset() => (short)(_random.Next(40) == 0 ? _random.Next(-20, 70) : _random.Next(-8, 0) * 8);

    private int Number() => _random.Next(3) == 0 ? _random.Next(int.MinValue, int.MaxValue) : Pick(s_numbers);

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
