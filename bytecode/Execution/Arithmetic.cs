namespace KernelSim.Bytecode;

/// <summary>
/// Division as RFC 9669 has it: a quotient by 0 is 0, a remainder by 0 is the dividend, and the lowest number divided by -1 is itself.
/// </summary>
internal static class Arithmetic
{
    public static ulong Divide32(uint dividend, uint divisor) => divisor == 0 ? 0 : dividend / divisor;

    public static ulong Divide64(ulong dividend, ulong divisor) => divisor == 0 ? 0 : dividend / divisor;

    public static ulong Remainder32(uint dividend, uint divisor) => divisor == 0 ? dividend : dividend % divisor;

    public static ulong Remainder64(ulong dividend, ulong divisor) => divisor == 0 ? dividend : dividend % divisor;

    public static ulong DivideSigned32(uint dividend, uint divisor) => (int)divisor switch
    {
        0 => 0,
        -1 => (uint)-(int)dividend,
        int by => (uint)((int)dividend / by),
    };

    public static ulong DivideSigned64(ulong dividend, ulong divisor) => (long)divisor switch
    {
        0 => 0,
        -1 => (ulong)-(long)dividend,
        long by => (ulong)((long)dividend / by),
    };

    public static ulong RemainderSigned32(uint dividend, uint divisor) => (int)divisor switch
    {
        0 => dividend,
        -1 => 0,
        int by => (uint)((int)dividend % by),
    };

    public static ulong RemainderSigned64(ulong dividend, ulong divisor) => (long)divisor switch
    {
        0 => dividend,
        -1 => 0,
        long by => (ulong)((long)dividend % by),
    };
}
