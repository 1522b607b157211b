using KernelSim.EbpfCore.Extensions;
using KernelSim.Protocol;
using static KernelSim.EbpfCore.Extensions.HelperArgumentType;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>What an argument of a helper that is a pointer must point to.</summary>
/// <param name="Kind">Where the number of bytes comes from.</param>
/// <param name="Argument">The argument, 0 to 4.</param>
/// <param name="Other">The argument that gives the size: a map or a number.</param>
/// <param name="Writes">Whether the helper writes there.</param>
/// <param name="IsOptional">Whether a null pointer is allowed.</param>
internal readonly record struct HelperPointer(HelperPointerKind Kind, int Argument, int Other, bool Writes, bool IsOptional)
{
    /// <summary>The pointers among a helper's arguments.</summary>
    public static HelperPointer[] Of(HelperPrototype prototype)
    {
        List<HelperPointer> found = [];
        int map = -1;
        for (int i = 0; i < prototype.Arguments.Count; i++)
        {
            HelperArgumentType type = prototype.Arguments[i];
            map = type is PtrToMap or PtrToMapOfPrograms ? i : map;
            HelperPointer? pointer = type switch
            {
                PtrToCtx => new(HelperPointerKind.Context, i, i, Writes: false, IsOptional: false),
                PtrToMapKey => new(HelperPointerKind.Key, i, map, Writes: false, IsOptional: false),
                PtrToMapValue => new(HelperPointerKind.Value, i, map, FillsValue(prototype), IsOptional: false),
                PtrToReadableMem => new(HelperPointerKind.Sized, i, i + 1, Writes: false, IsOptional: false),
                PtrToReadableMemOrNull => new(HelperPointerKind.Sized, i, i + 1, Writes: false, IsOptional: true),
                PtrToWritableMem => new(HelperPointerKind.Sized, i, i + 1, Writes: true, IsOptional: false),
                _ => null,
            };
            if (pointer is { } one)
            {
                found.Add(one);
            }
        }

        return [.. found];
    }

    /// <summary>The signature of a pop is that of a push, but for who writes the value.</summary>
    private static bool FillsValue(HelperPrototype prototype) => (BpfFuncId)prototype.Id is BpfFuncId.MapPopElem or BpfFuncId.MapPeekElem;
}

/// <summary>Where the number of bytes behind a pointer comes from.</summary>
internal enum HelperPointerKind
{
    /// <summary>The pointer must be the program's context.</summary>
    Context,

    /// <summary>A map's key size.</summary>
    Key,

    /// <summary>A map's value size.</summary>
    Value,

    /// <summary>The next argument.</summary>
    Sized,
}
