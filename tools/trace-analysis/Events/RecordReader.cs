using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>
/// Makes the records of one event type from payloads. The record declares the fields: each parameter of its constructor is the field of the
/// same name, in camel case.
/// </summary>
internal sealed class RecordReader
{
    /// <summary>A type of which this many records are made gets a method of its own, which costs as much as about as many.</summary>
    private const int Many = 500;

    private readonly ConstructorInfo _constructor;
    private readonly ConstructorInvoker _invoker;
    private readonly (string Name, TypeCode Type)[] _fields;

    private long _made;
    private Maker? _maker;

    /// <summary>The places of the fields in the last payload, by the names that it had: events of a kind share them.</summary>
    private Layout? _last;

    /// <summary>Creates the reader of a record whose first parameter is the header.</summary>
    public RecordReader([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type record)
    {
        Record = record;
        _constructor = record.GetConstructors().Single();
        _invoker = ConstructorInvoker.Create(_constructor);
        _fields =
        [
            .. _constructor.GetParameters().Skip(1)
                .Select(p => (string.Intern(char.ToLowerInvariant(p.Name![0]) + p.Name[1..]), Supported(record, p))),
        ];
    }

    /// <summary>Makes a record from the values of a payload and the places of its fields in it; -1 for a missing one.</summary>
    private delegate TracedEvent Maker(EventHeader header, object?[] values, int[] places);

    /// <summary>The type of the record.</summary>
    public Type Record { get; }

    /// <summary>The fields that the record has, in its order.</summary>
    public IEnumerable<string> Fields => _fields.Select(f => f.Name);

    /// <summary>Makes the record of an event. A field that the payload does not have reads as 0 or "".</summary>
    public TracedEvent Read(EventHeader header)
    {
        EventPayload payload = header.Payload;
        int[] places = PlacesIn(payload);
        if (_maker is null && (!RuntimeFeature.IsDynamicCodeCompiled || Interlocked.Increment(ref _made) < Many))
        {
            return (TracedEvent)_invoker.Invoke([header, .. _fields.Select((f, i) => Value(payload.Values, places[i], f.Type))]);
        }

        _maker ??= Compile();
        return _maker(header, payload.Values, places);
    }

    private int[] PlacesIn(EventPayload payload)
    {
        if (_last is { } last && ReferenceEquals(last.Names, payload.Names))
        {
            return last.Places;
        }

        // A record lists its fields in the order of the event: each is found at once, behind the one before.
        int[] places = new int[_fields.Length];
        int next = 0;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = payload.IndexOf(_fields[i].Name, next);
            next = places[i] + 1;
        }

        _last = new Layout(payload.Names, places);
        return places;
    }

    /// <summary>The constructor's call as code: what the invoker does, without an object for each number.</summary>
    private Maker Compile()
    {
        DynamicMethod method = new(
            Record.Name, typeof(TracedEvent), [typeof(EventHeader), typeof(object?[]), typeof(int[])], typeof(RecordReader), skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        for (int i = 0; i < _fields.Length; i++)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldarg_2);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldelem_I4);
            code.Emit(OpCodes.Call, ReaderOf(_fields[i].Type).Method);
        }

        code.Emit(OpCodes.Newobj, _constructor);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Maker>();
    }

    private static Delegate ReaderOf(TypeCode type) => type switch
    {
        TypeCode.String => Text,
        TypeCode.Int32 => Int32,
        TypeCode.Int64 => Int64,
        TypeCode.UInt64 => UInt64,
        _ => Boolean,
    };

    private static object Value(object?[] values, int place, TypeCode type) => type switch
    {
        TypeCode.String => Text(values, place),
        TypeCode.Int32 => Int32(values, place),
        TypeCode.Int64 => Int64(values, place),
        TypeCode.UInt64 => UInt64(values, place),
        _ => Boolean(values, place),
    };

    private static string Text(object?[] values, int place) => EventPayload.ToText(place < 0 ? null : values[place]);

    private static long Int64(object?[] values, int place) => EventPayload.ToInt64(place < 0 ? null : values[place]);

    private static int Int32(object?[] values, int place) => unchecked((int)Int64(values, place));

    private static ulong UInt64(object?[] values, int place) => unchecked((ulong)Int64(values, place));

    private static bool Boolean(object?[] values, int place) => Int32(values, place) != 0;

    private static TypeCode Supported(Type record, ParameterInfo parameter) =>
        Type.GetTypeCode(parameter.ParameterType) is var type
            and (TypeCode.String or TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Boolean)
            ? type
            : throw new NotSupportedException(
                $"{record.Name}.{parameter.Name}: {parameter.ParameterType} given, expected string, int, long, ulong or bool");

    /// <summary>Replaced as a whole: several threads may read.</summary>
    private sealed record Layout(string[] Names, int[] Places);
}
