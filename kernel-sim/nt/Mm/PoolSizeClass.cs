using System.Numerics;

namespace KernelSim.Nt.Mm;

/// <summary>The sizes of small pool blocks, header included: steps of 16 up to 1 KiB, then eight steps per power of two.</summary>
internal static class PoolSizeClass
{
    /// <summary>Largest block, header included, that is cut from a chunk; larger ones are allocated from the host individually.</summary>
    public const nuint MaxBytes = 256 * 1024;

    /// <summary>Number of classes; class 0 is not used.</summary>
    public const int Count = LinearClasses + 1 + (8 * 8);

    private const int LinearClasses = 64;
    private const int LinearShift = 10;

    /// <summary>Size of a class's blocks.</summary>
    public static nuint BytesOf(int sizeClass)
    {
        if (sizeClass <= LinearClasses)
        {
            return (nuint)Math.Max(sizeClass, 1) * 16;
        }

        int octave = (sizeClass - LinearClasses - 1) / 8;
        int within = (sizeClass - LinearClasses - 1) % 8;
        return ((nuint)(8 + within + 1) << (LinearShift + octave)) / 8;
    }

    /// <summary>The class for this many bytes, and the size of its blocks.</summary>
    public static int Of(nuint bytes, out nuint classBytes)
    {
        if (bytes <= 1u << LinearShift)
        {
            int linear = (int)((bytes + 15) / 16);
            classBytes = (nuint)linear * 16;
            return linear;
        }

        int exponent = BitOperations.Log2(bytes - 1);
        nuint step = (nuint)1 << (exponent - 3);
        nuint within = (bytes - 1 - ((nuint)1 << exponent)) / step;
        classBytes = ((nuint)1 << exponent) + ((within + 1) * step);
        return LinearClasses + 1 + ((exponent - LinearShift) * 8) + (int)within;
    }
}
