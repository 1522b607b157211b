using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace KernelSim.Tests;

/// <summary>
/// Calls every public constructor and method of an assembly with null for each parameter that is a non-nullable reference, one at a time, and
/// finds the calls that end in a NullReferenceException.
/// </summary>
public sealed class NullArguments
{
    private readonly object[] _samples;
    private readonly NullabilityInfoContext _nullability = new();
    private int _calls;

    private NullArguments(IEnumerable<object> samples)
    {
        _samples = [.. samples];
    }

    /// <summary>Fails if null for a parameter ends in a NullReferenceException.</summary>
    /// <param name="assembly">Its exported types are called.</param>
    /// <param name="least">The least number of calls to try, so that the test cannot pass without any.</param>
    /// <param name="samples">Objects to call and to pass for the other parameters. Other types are tried on uninitialized objects.</param>
    public static void AssertRefusedBy(Assembly assembly, int least, params IEnumerable<object> samples)
    {
        NullArguments nulls = new(samples);
        Assert.Empty(nulls.Find(assembly));
        Assert.InRange(nulls._calls, least, int.MaxValue);
    }

    private List<string> Find(Assembly assembly)
    {
        List<string> wrong = [];
        foreach (Type declared in assembly.GetExportedTypes().Where(t => !t.IsInterface && !t.IsByRefLike && !typeof(Delegate).IsAssignableFrom(t)))
        {
            if (Close(declared) is not { } type)
            {
                continue;
            }

            const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            IEnumerable<MethodBase> members = type.GetMethods(own).Where(m => !m.IsSpecialName && !m.IsAbstract && !m.Name.StartsWith('<'))
                .Concat<MethodBase>(type.IsAbstract ? [] : type.GetConstructors());
            foreach (MethodBase member in members)
            {
                Try(type, member, wrong);
            }
        }

        return wrong;
    }

    private void Try(Type type, MethodBase member, List<string> wrong)
    {
        if (Close(member) is not { } method
            || method.GetParameters() is not { Length: > 0 } parameters
            || !parameters.All(p => IsPassable(p.ParameterType)))
        {
            return;
        }

        bool isReal = method.IsStatic || method.IsConstructor || Sample(type) is not null;
        foreach (ParameterInfo tested in parameters.Where(MustNotBeNull))
        {
            object? target = method.IsStatic || method.IsConstructor ? null : Sample(type) ?? Blank(type);
            object?[] arguments = [.. parameters.Select(p => p == tested ? null : Argument(p))];
            _calls++;
            if (!EndsInNullReference(method, target, arguments))
            {
                continue;
            }

            // An uninitialized object may fail by itself: it counts only if the same call without null succeeds.
            arguments[tested.Position] = Argument(tested);
            if (isReal || (arguments[tested.Position] is not null && !EndsInNullReference(method, target, arguments)))
            {
                wrong.Add($"{type.Name}.{method.Name}({tested.Name}: null)");
            }
        }
    }

    private static bool EndsInNullReference(MethodBase method, object? target, object?[] arguments)
    {
        try
        {
            object? result = method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(target, arguments);

            // An iterator checks its arguments at the first MoveNext.
            (result as System.Collections.IEnumerable)?.GetEnumerator().MoveNext();
            return false;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException is NullReferenceException;
        }
        catch (Exception e) when (e is not NullReferenceException)
        {
            return false;
        }
    }

    private bool MustNotBeNull(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef
        && _nullability.Create(parameter).WriteState == NullabilityState.NotNull;

    private object? Argument(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return type.IsByRef ? null
            : type.IsValueType ? Activator.CreateInstance(type)
            : MustNotBeNull(parameter) ? Sample(type) ?? Blank(type)
            : null;
    }

    private object? Sample(Type type) => Array.Find(_samples, type.IsInstanceOfType);

    private static object? Blank(Type type)
    {
        if (type == typeof(string))
        {
            return "x";
        }

        if (type.IsArray)
        {
            return Array.CreateInstance(type.GetElementType()!, 0);
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return Nothing(type);
        }

        if (type.IsInterface)
        {
            return type.IsGenericType && type.GetGenericArguments()[0].MakeArrayType() is var array && type.IsAssignableFrom(array)
                ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
                : null;
        }

        return type.IsAbstract || type.ContainsGenericParameters ? null : RuntimeHelpers.GetUninitializedObject(type);
    }

    /// <summary>A delegate that does nothing.</summary>
    private static Delegate? Nothing(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        if (invoke.ReturnType.IsByRefLike
            || invoke.GetParameters().Any(p => p.ParameterType.IsByRefLike || p.ParameterType.IsByRef || p.ParameterType.IsPointer))
        {
            return null;
        }

        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType))];
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), parameters).Compile();
    }

    private static bool IsPassable(Type type) =>
        !(type.IsByRefLike || type.IsPointer || (type.IsByRef && (type.GetElementType()!.IsByRefLike || type.GetElementType()!.IsPointer)));

    private static Type? Close(Type type)
    {
        try
        {
            return type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(uint))]) : type;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static MethodBase? Close(MethodBase method)
    {
        try
        {
            return method is MethodInfo { IsGenericMethodDefinition: true } open
                ? open.MakeGenericMethod([.. open.GetGenericArguments().Select(_ => typeof(uint))])
                : method;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
