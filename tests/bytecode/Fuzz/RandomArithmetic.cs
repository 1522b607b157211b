namespace KernelSim.Bytecode.Tests;

/// <summary>Random arithmetic and jumps forward on R0 to R9, without memory: what the verifier of a real kernel accepts of random programs.</summary>
internal sealed class RandomArithmetic
{
    private const int Length = 60;

    private static readonly byte[] s_operations = [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xa0, 0xb0, 0xc0, 0xd0];
    private static readonly byte[] s_jumps = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0];
    private static readonly int[] s_numbers = [1, -1, 2, 7, 31, 63, 64, 0x7fff_ffff, int.MinValue, 0x1234_5678, -129];

    private readonly Random _random;

    private RandomArithmetic(int seed) => _random = new Random(seed);

    public static BpfInstruction[] Of(int seed)
    {
        RandomArithmetic random = new(seed);
        return
        [
            .. Enumerable.Range(0, 10).Select(register => Code.Mov(register, random.Number())),
            .. Enumerable.Range(0, Length).Select(i => random._random.Next(6) == 0 ? random.Jump(Length - i - 1) : random.Alu()),
            Code.Exit(),
        ];
    }

    private BpfInstruction Alu()
    {
        byte operation = s_operations[_random.Next(s_operations.Length)];
        int width = _random.Next(2) == 0 ? 0x04 : 0x07;
        int destination = _random.Next(10);
        bool byRegister = operation != 0x80 && _random.Next(2) == 0;
        bool isShift = operation is 0x60 or 0x70 or 0xc0;
        return operation == 0xd0 ? new((byte)(_random.Next(2) == 0 ? 0xd4 : 0xdc), destination, 0, 0, 16 << _random.Next(3))
            : operation == 0x80 ? new((byte)(operation | width), destination, 0, 0, 0)
            : byRegister ? new((byte)(operation | width | 0x08), destination, _random.Next(10), 0, 0)
            : new((byte)(operation | width), destination, 0, 0, isShift ? _random.Next(32) : Number());
    }

    private BpfInstruction Jump(int most)
    {
        byte opcode = (byte)(s_jumps[_random.Next(s_jumps.Length)] | (_random.Next(2) == 0 ? 0x05 : 0x06));
        short distance = (short)_random.Next(Math.Min(most, 8) + 1);
        return _random.Next(2) == 0
            ? new((byte)(opcode | 0x08), _random.Next(10), _random.Next(10), distance, 0)
            : new(opcode, _random.Next(10), 0, distance, Number());
    }

    private int Number() => _random.Next(3) == 0 ? _random.Next(1, int.MaxValue) : s_numbers[_random.Next(s_numbers.Length)];
}
