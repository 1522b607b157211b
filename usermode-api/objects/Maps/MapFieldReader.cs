using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>Reads the fields of a map's definition: numbers as lengths of arrays, types behind pointers.</summary>
internal sealed class MapFieldReader(BtfTypeTable types, ObjectReading reading)
{
    private const uint ReferenceSize = 4;

    public bool TryReadType(MapField field)
    {
        bool read = TryReadNumber(field, out uint type);
        field.Definition.Type = (BpfMapType)type;
        return read;
    }

    public bool TryReadKeySize(MapField field) =>
        TryReadNumber(field, out uint size) && Agrees(field, field.Definition.KeySize, size) && SetKey(field, size, field.Definition.KeyType);

    public bool TryReadKey(MapField field) =>
        TryReadPointer(field, out int type, out uint size) && Agrees(field, field.Definition.KeySize, size) && SetKey(field, size, type);

    public bool TryReadValueSize(MapField field) =>
        TryReadNumber(field, out uint size) && Agrees(field, field.Definition.ValueSize, size) && SetValue(field, size, field.Definition.ValueType);

    public bool TryReadValue(MapField field) =>
        TryReadPointer(field, out int type, out uint size) && Agrees(field, field.Definition.ValueSize, size) && SetValue(field, size, type);

    public bool TryReadPinning(MapField field)
    {
        const uint last = (uint)EbpfPinType.ByName;
        if (!TryReadNumber(field, out uint pinning)
            || !reading.Require(pinning <= last, CheckTable.MapsPinning, field.Member.FileOffset, field.Name, pinning, last))
        {
            return false;
        }

        field.Definition.Pinning = (EbpfPinType)pinning;
        return true;
    }

    public bool TryReadNumber(MapField field, out uint number)
    {
        BtfType pointer = types.Resolve(field.Member.Type);
        BtfType array = pointer.Kind == BtfKind.Pointer ? types.Resolve(pointer.Target) : pointer;
        bool isNumber = pointer.Kind == BtfKind.Pointer && array.Kind == BtfKind.Array;
        number = isNumber ? array.ArrayLength : 0;
        return reading.Require(isNumber, CheckTable.MapsNumber, field.Member.FileOffset, field.Name, field.Member.Type);
    }

    /// <summary>The field values: <c>__array</c> of maps, or of programs.</summary>
    public bool TryReadValues(MapField field)
    {
        MapDefinition map = field.Definition;
        long place = field.Member.FileOffset;
        bool holdsPrograms = map.Type == BpfMapType.ProgArray;
        BtfType array = types.Resolve(field.Member.Type);
        bool isArray = array.Kind == BtfKind.Array && array.ArrayLength == 0 && types.Resolve(array.ElementType).Kind == BtfKind.Pointer;
        int last = map.Struct.Count - 1;
        if (!reading.Require(!map.IsInner || !map.HoldsMaps, CheckTable.MapsValuesNested, place, field.Name, 1)
            || !reading.Require(field.Index == last, CheckTable.MapsValuesLast, place, field.Name, field.Index, last)
            || !reading.Require(map.HoldsMaps || holdsPrograms, CheckTable.MapsValuesType, place, field.Name, (long)map.Type)
            || !reading.Require(isArray, CheckTable.MapsValues, place, field.Name, field.Member.Type)
            || !Agrees(field, map.ValueSize, ReferenceSize))
        {
            return false;
        }

        map.ValueSize = ReferenceSize;
        map.ValuesOffset = field.Member.Value / 8;
        BtfType element = types.Resolve(types.Resolve(array.ElementType).Target);
        BtfKind expected = holdsPrograms ? BtfKind.FunctionPrototype : BtfKind.Struct;
        if (!reading.Require(element.Kind == expected, CheckTable.MapsValuesElement, place, field.Name, (long)element.Kind))
        {
            return false;
        }

        if (holdsPrograms)
        {
            return true;
        }

        map.Inner = new MapDefinition($"{map.Map}.inner", element, isInner: true);
        return new MapDefinitionReader(types, reading).TryRead(map.Inner);
    }

    private bool TryReadPointer(MapField field, out int type, out uint size)
    {
        BtfType pointer = types.Resolve(field.Member.Type);
        type = pointer.Kind == BtfKind.Pointer ? pointer.Target : 0;
        uint? found = types.SizeOf(type);
        size = found ?? 0;
        return reading.Require(pointer.Kind == BtfKind.Pointer, CheckTable.MapsType, field.Member.FileOffset, field.Name, field.Member.Type)
            && reading.Require(found is not null, CheckTable.MapsTypeSize, field.Member.FileOffset, field.Name, type);
    }

    private bool Agrees(MapField field, uint? before, uint size) => reading.Require(
        before is null || before == size, CheckTable.MapsSizeConflict, field.Member.FileOffset, field.Name, size, before ?? 0);

    private static bool SetKey(MapField field, uint size, int type)
    {
        field.Definition.KeySize = size;
        field.Definition.KeyType = type;
        return true;
    }

    private static bool SetValue(MapField field, uint size, int type)
    {
        field.Definition.ValueSize = size;
        field.Definition.ValueType = type;
        return true;
    }
}
