import { useTyping } from '../../client/react.ts'

export function Typing({ id }: { id: string }) {
  const names = useTyping(id).map(({ name }) => name)
  return (
    <p className="typing" aria-live="polite">
      {names.length > 0 && (
        <>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {sentence(names)}
        </>
      )}
    </p>
  )
}

function sentence([one, two, ...more]: string[]): string {
  if (!two) return `${one} is typing`
  return more.length > 0 ? `${one}, ${two} and others are typing` : `${one} and ${two} are typing`
}
