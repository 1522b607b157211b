using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// The implementation behind each helper id for the programs of a type while its provider is attached:
/// <c>_ebpf_program_get_helper_address_info_from_program_data</c>, computed once for all ids. Immutable; a provider that comes back brings
/// new bindings.
/// </summary>
internal sealed class HelperBindings
{
    /// <summary>The general helpers without overrides: for code that a tool runs without a program.</summary>
    public static readonly HelperBindings General = new(null);

    private readonly BoundHelper?[] _general = new BoundHelper?[HelperTable.LastId + 1];
    private readonly BoundHelper?[] _own;

    public HelperBindings(ProgramData? type)
    {
        foreach (HelperRow row in HelperTable.All)
        {
            _general[row.Prototype.Id] = Bind(row.Prototype, row.Implementation, row.LookUp);
        }

        _own = new BoundHelper?[type?.Info.TypeHelpers.Count ?? 0];
        for (int i = 0; i < _own.Length; i++)
        {
            _own[i] = Bind(type!.Info.TypeHelpers[i], type.TypeHelpers.ElementAtOrDefault(i));
        }

        for (int i = 0; i < (type?.Info.GlobalHelpers.Count ?? 0); i++)
        {
            HelperPrototype prototype = type!.Info.GlobalHelpers[i];
            if (prototype.Id < _general.Length && (Overridden & (1UL << (int)prototype.Id)) == 0)
            {
                _general[prototype.Id] = Bind(prototype, type.GlobalHelpers.ElementAtOrDefault(i));
                Overridden |= 1UL << (int)prototype.Id;
            }
        }

        HasTrampolines = type is { TypeHelpers.Count: > 0 } or { GlobalHelpers.Count: > 0 };
    }

    /// <summary>The general helpers, by bit, that the type's provider implements in the driver's place.</summary>
    public ulong Overridden { get; }

    /// <summary>Whether machine code gets trampolines to helpers: not if the type's provider implements none.</summary>
    public bool HasTrampolines { get; }

    /// <summary>A helper; null for an id that the type does not have, or that has no implementation.</summary>
    public BoundHelper? Find(uint id) => id < (uint)_general.Length ? _general[id] : FindOwn(id);

    private static BoundHelper? Bind(HelperPrototype prototype, HelperFunction? body, MapLookup? lookUp = null) =>
        body is null ? null : new(prototype, body, lookUp);

    private BoundHelper? FindOwn(uint id)
    {
        foreach (BoundHelper? own in _own)
        {
            if (own is not null && own.Prototype.Id == id && id >= HelperPrototype.FirstTypeSpecificId)
            {
                return own;
            }
        }

        return null;
    }
}
