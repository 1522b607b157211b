using System.Reflection;
using System.Runtime.CompilerServices;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>
/// Makes the records of one event type from payloads. The record declares the fields: each parameter of its constructor is the field of the
/// same name, in camel case.
/// </summary>
internal sealed class RecordReader
{
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    private readonly ConstructorInvoker _constructor;
    private readonly (string Name, TypeCode Type)[] _fields;

    /// <summary>Creates the reader of a record whose first parameter is the header.</summary>
    public RecordReader(Type record)
    {
        Record = record;
        ConstructorInfo constructor = record.GetConstructors().Single();
        _constructor = ConstructorInvoker.Create(constructor);
        _fields =
        [
            .. constructor.GetParameters().Skip(1)
                .Select(p => (char.ToLowerInvariant(p.Name![0]) + p.Name[1..], Supported(record, p))),
        ];
    }

    /// <summary>The type of the record.</summary>
    public Type Record { get; }

    /// <summary>The fields that the record has, in its order.</summary>
    public IEnumerable<string> Fields => _fields.Select(f => f.Name);

    /// <summary>Makes the record of an event. A field that the payload does not have reads as 0 or "".</summary>
    public TracedEvent Read(EventHeader header)
    {
        EventPayload payload = header.Payload;
        Arguments arguments = default;
        arguments[0] = header;

        // A record lists its fields in the order of the event: each is found at once, behind the one before.
        int next = 0;
        for (int i = 0; i < _fields.Length; i++)
        {
            int index = payload.IndexOf(_fields[i].Name, next);
            arguments[i + 1] = Value(index < 0 ? null : payload[index].Value, _fields[i].Type);
            next = index + 1;
        }

        return (TracedEvent)_constructor.Invoke(((Span<object?>)arguments)[..(_fields.Length + 1)]);
    }

    /// <summary>A value as the parameter's type. Most have it already and are not boxed again.</summary>
    private static object Value(object? value, TypeCode type) => (type, value) switch
    {
        (TypeCode.String, string) or (TypeCode.Int32, int) or (TypeCode.Int64, long) or (TypeCode.UInt64, ulong) => value,
        (TypeCode.String, _) => EventPayload.ToText(value),
        (TypeCode.Int32, _) => unchecked((int)EventPayload.ToInt64(value)),
        (TypeCode.Int64, _) => EventPayload.ToInt64(value),
        (TypeCode.UInt64, _) => unchecked((ulong)EventPayload.ToInt64(value)),
        _ => unchecked((int)EventPayload.ToInt64(value)) == 0 ? s_false : s_true,
    };

    private static TypeCode Supported(Type record, ParameterInfo parameter) =>
        Type.GetTypeCode(parameter.ParameterType) is var type
            and (TypeCode.String or TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Boolean)
            ? type
            : throw new NotSupportedException(
                $"{record.Name}.{parameter.Name}: {parameter.ParameterType} given, expected string, int, long, ulong or bool");

    /// <summary>The arguments of a constructor, on the stack.</summary>
    [InlineArray(MostFields + 1)]
    private struct Arguments
    {
        public const int MostFields = 15;

        private object? _first;
    }
}
