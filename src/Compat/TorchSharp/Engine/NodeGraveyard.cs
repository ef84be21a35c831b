namespace TorchSharp.Engine;

/// <summary>Releases graphs without recursion: a chain of operations may be longer than the stack is deep.</summary>
internal static class NodeGraveyard
{
    [ThreadStatic]
    private static Stack<Node>? waiting;

    [ThreadStatic]
    private static bool busy;

    internal static void Bury(Node node)
    {
        Stack<Node> stack = waiting ??= new Stack<Node>();
        stack.Push(node);
        if (busy) return;
        busy = true;
        try
        {
            while (stack.TryPop(out Node? next)) next.ReleaseAll();
        }
        finally
        {
            busy = false;
        }
    }
}
