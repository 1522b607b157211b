using KernelSim.EbpfCore.Extensions;
using static KernelSim.EbpfCore.Extensions.HelperArgumentType;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>What an argument of a helper that is a pointer must point to.</summary>
/// <param name="Kind">What it is, and where the number of bytes comes from.</param>
/// <param name="Argument">The argument, 0 to 4.</param>
/// <param name="Writes">Whether the helper writes there.</param>
/// <param name="IsOptional">Whether a null pointer is allowed.</param>
internal readonly record struct HelperPointer(HelperPointerKind Kind, int Argument, bool Writes, bool IsOptional)
{
    /// <summary>The pointers among a helper's arguments.</summary>
    public static HelperPointer[] Of(HelperPrototype prototype)
    {
        List<HelperPointer> found = [];
        for (int i = 0; i < prototype.Arguments.Count; i++)
        {
            HelperArgumentType type = prototype.Arguments[i];
            HelperPointer? pointer = type switch
            {
                PtrToMap or PtrToMapOfPrograms => new(HelperPointerKind.Map, i, Writes: false, IsOptional: false),
                PtrToCtx => new(HelperPointerKind.Context, i, Writes: false, IsOptional: false),
                PtrToMapKey => new(HelperPointerKind.Key, i, Writes: false, IsOptional: false),
                PtrToMapValue => new(HelperPointerKind.Value, i, FillsValue(prototype), IsOptional: false),
                PtrToReadableMem => new(HelperPointerKind.Sized, i, Writes: false, IsOptional: false),
                PtrToReadableMemOrNull => new(HelperPointerKind.Sized, i, Writes: false, IsOptional: true),
                PtrToWritableMem => new(HelperPointerKind.Sized, i, Writes: true, IsOptional: false),
                _ => null,
            };
            if (pointer is { } one)
            {
                found.Add(one);
            }
        }

        return [.. found];
    }

    /// <summary>A helper that takes a value has a key or flags too; one that gives a value has not.</summary>
    private static bool FillsValue(HelperPrototype prototype) => prototype.Arguments is [PtrToMap, PtrToMapValue];
}

/// <summary>What a pointer is, and where the number of bytes behind it comes from.</summary>
internal enum HelperPointerKind
{
    /// <summary>It stands for a map, that of the keys and values after it.</summary>
    Map,

    /// <summary>It is the program's context.</summary>
    Context,

    /// <summary>It points to as many bytes as a key of the map has.</summary>
    Key,

    /// <summary>It points to as many bytes as a value of the map has, for one processor.</summary>
    Value,

    /// <summary>It points to as many bytes as the next argument says.</summary>
    Sized,
}
